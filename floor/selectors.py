"""Reads of the bulletin over several tables: whom a post is for, and who of them has read it."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from agents.models import Leadership, Membership, RoleGrant, User
from agents.selectors import DAY_OF_CENTRE
from callcenter.access import Role
from floor.enums import Audience
from floor.models import Post, Reading


def audience(post: Post, *, now: datetime) -> QuerySet[User]:
    """Return the active people for whom the post is on the centre's date of `now`, without its author."""
    day = now.astimezone(DAY_OF_CENTRE).date()
    people: QuerySet[User] = User.objects.filter(is_active=True).exclude(pk=post.author_id)
    if post.audience == Audience.SITE:
        return people.filter(site=post.site_id)
    if post.audience == Audience.TEAM:
        members = Membership.objects.on(day).filter(team=post.team_id)
        leads = Leadership.objects.on(day).filter(team=post.team_id)
        return people.filter(Q(pk__in=members.values("person")) | Q(pk__in=leads.values("person")))
    if post.audience == Audience.ROLE:
        holds = Q(pk__in=RoleGrant.objects.on(day).filter(role=post.role).values("person"))
        if post.role == Role.TEAM_LEAD:
            holds |= Q(pk__in=Leadership.objects.on(day).values("person"))
        return people.filter(holds)
    return people


def unread(post: Post, *, now: datetime) -> QuerySet[User]:
    """Return those of the audience who have not confirmed that they read it."""
    return audience(post, now=now).exclude(Exists(_readings(post)))


def readers(post: Post, user: User, *, now: datetime) -> QuerySet[User]:
    """Return the audience with `read_at`, by work number, as far as `user` may know: the author all, others their people."""
    people = audience(post, now=now)
    if post.author_id != user.pk:
        people = people.filter(pk__in=User.objects.visible_to(user).values("pk"))
    own = Subquery(_readings(post).values("read_at"))
    return people.select_related("site").annotate(read_at=own).order_by("work_number")


def _readings(post: Post) -> QuerySet[Reading]:
    return Reading.objects.filter(post=post, person=OuterRef("pk"))


@dataclass(frozen=True, slots=True)
class Standing:
    """How many of those whom a post is for have read it."""

    read: int
    people: int

    @property
    def percent(self) -> int:
        """Return the share as a whole number, 100 only when everybody has."""
        return 100 * self.read // self.people if self.people else 0


def standing(post: Post, *, now: datetime) -> Standing:
    """Return the figures that everybody sees, in two queries."""
    people = audience(post, now=now)
    return Standing(read=people.filter(Exists(_readings(post))).count(), people=people.count())
