/**
 * Which published purpose of a Japanese health-insurance society permits a data flow, or why none does.
 *
 * <p>Begin with {@link mokuteki.Engine}. Only {@link mokuteki.Verdict#PERMITTED} is a yes; a function that sends takes a {@link
 * mokuteki.Permit} for its sink, which only an engine makes.
 */
package mokuteki;
