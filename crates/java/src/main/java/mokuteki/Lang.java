package mokuteki;

/** The language of what people read. */
public enum Lang {
    /** English. */
    ENGLISH,
    /** 日本語. */
    JAPANESE
}
