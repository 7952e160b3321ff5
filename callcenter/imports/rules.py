"""Who may do what with a file that was sent; who sees it is its kind's matter."""

from typing import Any

import rules

from callcenter.imports import kinds


@rules.predicate
def sends_a_kind(user: Any) -> bool:
    """Say whether the person may send files of any kind at all."""
    return any(user.has_perm(kind.permission) for kind in kinds.every())


@rules.predicate
def sent_it(user: Any, batch: Any) -> bool:
    """Say whether the person sent this file and may still send files of its kind."""
    return bool(batch.by_id == user.pk and user.has_perm(batch.of_kind.permission))


@rules.predicate
def comes_from_a_machine(user: Any, batch: Any) -> bool:
    """Say whether nobody sent it, and the person may send files of its kind."""
    return bool(batch.by_id is None and user.has_perm(batch.of_kind.permission))


@rules.predicate
def reads_rejects(user: Any, batch: Any) -> bool:
    """Say whether its kind lets the person read the refused rows."""
    return batch.of_kind.may_read_rejects(user, batch)  # type: ignore[no-any-return]


rules.add_perm("imports.send", sends_a_kind)
rules.add_perm("imports.run", sent_it)
rules.add_perm("imports.read_rejects", reads_rejects)
# Unlike the page, the file has every cell as it came.
rules.add_perm("imports.take_rejects", sent_it | (comes_from_a_machine & reads_rejects))
