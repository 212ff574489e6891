"""A claims program: it sends claims to the contractor that checks them, and to nobody without a permit.

    python crates/python/examples/claims.py
"""

from __future__ import annotations

from datetime import date

import mokuteki

KEY = b"a key that only this system has"
SINK = "claim-checker"


def send_to_checker(permit: mokuteki.Permit, today: date, claims: bytes) -> None:
    """Sends claims. It takes a permit, which only an engine makes, and no flag."""
    if not isinstance(permit, mokuteki.Permit) or permit.sink != SINK or permit.day != today:
        raise PermissionError("not sent: no permit for this sink on this day")
    print(f"sent {len(claims)} bytes by {permit}")


def worker(token: str, today: date, claims: bytes) -> None:
    """The same in another process, which is given the token of a permit."""
    said = mokuteki.verify(token, KEY, SINK)
    if said["flow"]["as_of"] != today.isoformat():
        raise PermissionError("not sent: the permit is for another day")
    print(f"sent {len(claims)} bytes by clause {said['clause']} under the rules {said['digest'][:12]}")


def main() -> None:
    today = date(2026, 4, 1)
    claims = "レセプト".encode("cp932")
    with mokuteki.Engine() as engine:

        def permit_for(recipient: str) -> mokuteki.Permit:
            return engine.permit(
                SINK,
                "点検業者",
                society="aeon",
                data="レセプト",
                sender="当組合",
                recipient=recipient,
                activity="レセプト点検",
                my_number=False,
                abroad=False,
                as_of=today,
            )

        permit = permit_for("点検業者")
        send_to_checker(permit, today, claims)
        worker(permit.token(KEY), today, claims)
        try:
            permit_for("製薬会社")
        except mokuteki.RefusedError as error:
            print(error)
        try:
            worker("true", today, claims)
        except mokuteki.TokenError as error:
            print(error)


if __name__ == "__main__":
    main()
