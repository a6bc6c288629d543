"""Words for the codes of an office's answers: bodies, sittings, ways of ending, renewals."""

from django.utils.translation import gettext_lazy

from mistok.registry.guarding import Counterpart

BODY_KIND_LABELS = {
    "council": gettext_lazy("council"),
    "military_administration": gettext_lazy("military administration"),
    "mayor": gettext_lazy("mayor"),
    "executive": gettext_lazy("executive committee"),
    "board": gettext_lazy("advisory board"),
    "committee": gettext_lazy("committee of the council"),
    "ministry": gettext_lazy("ministry"),
    "government": gettext_lazy("government"),
    "parliament": gettext_lazy("parliament"),
    "court": gettext_lazy("court"),
    "other": gettext_lazy("another body"),
}
SITTING_LABELS = {
    "ordinary": gettext_lazy("ordinary"),
    "extraordinary": gettext_lazy("extraordinary"),
}
ENDING_LABELS = {
    "unilateral": gettext_lazy("by one side"),
    "mutual": gettext_lazy("by both sides together"),
    "by_law": gettext_lazy("by law"),
    "replacement": gettext_lazy("replaced by another paper"),
}
RENEWAL_LABELS = {
    "automatic": gettext_lazy("renews itself"),
    "none": gettext_lazy("does not renew itself"),
}
MODE_LABELS = {"in_person": gettext_lazy("in person"), "online": gettext_lazy("online")}
COUNTERPART_LABELS = {
    Counterpart.AUTHORITY: gettext_lazy("a municipality or another authority"),
    Counterpart.ASSOCIATION: gettext_lazy("an association of municipalities"),
    Counterpart.BUSINESS: gettext_lazy("a business"),
    Counterpart.INTERNATIONAL_ORGANISATION: gettext_lazy("an international organisation"),
}
