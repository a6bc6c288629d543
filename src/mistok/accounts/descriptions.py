"""What each act is, in a sentence: for docs/reference/permissions.md and for people who ask."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from mistok.accounts.permissions import Permission

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

P = Permission

DESCRIPTIONS: Mapping[Permission, "StrPromise"] = {
    P.CLAIM_OFFICE: _("Say that one works for a municipality and ask for an office in its name."),
    P.EXPORT_OWN_DATA: _("Take away everything that is kept about oneself."),
    P.VERIFY_OFFICE: _("Decide after calling back whether an office is what it says it is."),
    P.SUSPEND_OFFICE: _(
        "Stop an office from acting while a doubt is cleared up, and end the stop."
    ),
    P.CLOSE_OFFICE: _("Close an office for good; what it did stays readable."),
    P.APPOINT_COORDINATOR: _("Make a person the coordinator of a country or a region."),
    P.ERASE_PERSON: _("Empty the personal fields of another person, at this person's request."),
    P.EDIT_RULE: _("Add a dated version of a rule of law."),
    P.COORDINATE_ROUNDS: _("Keep, open, close and take back rounds of proposals."),
    P.KEEP_WAITING_LIST: _("Put municipalities on the waiting list and take them off."),
    P.SEND_READINGS: _("Send a text or an address into the queue of what is to be reviewed."),
    P.REVIEW_READINGS: _("Accept, correct and reject what was read in a document."),
    P.KEEP_FEEDS: _("Follow news feeds, and stop following them."),
    P.IMPORT_LISTS: _("Bring in tables and lists of ties, and judge lists side by side."),
    P.INVITE: _("Invite an officer, storekeeper, auditor or donor into the office."),
    P.INVITE_APPROVER: _("Invite somebody who will approve and sign for the office."),
    P.END_MEMBERSHIP: _("End another person's membership of the office."),
    P.HAND_OVER: _("Write and read the cards by which one person's work passes to another."),
    P.SET_CONTACTS: _("Tell a new call-back number, official mail or site of the office."),
    P.NAME_RESPONSIBLE: _("Name who in the municipality is responsible for what."),
    P.READ_WORKING_PAPERS: _("Read the drafts, open steps and hand-over cards of the office."),
    P.SEE_AUDIT: _("See who did what in the name of the office."),
    P.KEEP_SHORTLIST: _("Keep the shortlist of possible partners of the municipality."),
    P.EDIT_PROFILE: _("Write, confirm and take back the municipality's profile."),
    P.ANSWER_ROUND: _("Accept or decline a partner that a round proposes."),
    P.OPEN_PROCEDURE: _("Begin the way to a tie with another municipality."),
    P.DO_STEP: _("Do a step of a procedure, or skip one that is optional."),
    P.SUBMIT_FOR_APPROVAL: _("Put a paper before those who must approve it."),
    P.RETURN_WITH_REASONS: _("Send a paper back with the reasons, instead of approving it."),
    P.APPROVE_PAPER: _("Approve a paper in the name of the municipality."),
    P.RECORD_DECISION: _("Write down what a council or committee decided, with its votes."),
    P.SIGN: _("Record that a paper was signed, by whom and when."),
    P.REGISTER_INSTRUMENT: _("Record the registration of a signed paper."),
    P.UPLOAD_SCAN: _("Add the scan of a signed paper."),
    P.TELL_EVENT: _("Tell what happened in the life of a tie of the municipality."),
    P.CONFIRM_FACTS: _("Confirm, correct or dispute what the registry says of an own tie."),
    P.SUSPEND_TIE: _("Record that the municipality has suspended a tie."),
    P.END_TIE: _("Record that the municipality has ended one tie or many by one act."),
    P.REVIVE_TIE: _("Take up a sleeping tie again."),
    P.EDIT_ACTION_PLAN: _("Write the yearly plan of measures of a tie."),
    P.FILE_REPORT: _("File the yearly report on a tie."),
    P.WITHDRAW_STATEMENT: _("Withdraw what the office stated, with the reason; it stays readable."),
    P.READ_NEEDS: _("Read the needs and letters of the office and those its partners show it."),
    P.WRITE_NEED: _("Write, change, show to partners and withdraw the needs of the municipality."),
    P.PUBLISH_NEED: _("Approve what the public may read of a need, and take it back."),
    P.WRITE_APPEAL: _("Write a letter of appeal and put it before the approver."),
    P.APPROVE_APPEAL: _("Approve a letter of appeal, or send it back with the reasons."),
    P.SEND_APPEAL: _("Send an approved letter of appeal to its addressees."),
    P.RECALL_APPEAL: _("Recall a letter of appeal that went out, with the reason."),
    P.ANSWER_APPEAL: _("Acknowledge, refuse or question an appeal in the name of the office."),
    P.COMMIT_HELP: _("Commit help against a need of a partner, and take it back."),
    P.ACCEPT_HELP: _("Accept or decline help that is more than was asked or something else."),
    P.WRITE_OFFER: _("Write, change and close an offer of the municipality."),
    P.COMMIT_PRIVATELY: _("Commit help against a public need in one's own name."),
    P.READ_AID: _("Read the consignments, stocks and papers of aid of the office."),
    P.GIVE_AID: _("Offer a consignment to a partner and write what it holds."),
    P.WRITE_CONSIGNMENT: _("Write a consignment, its lines, vehicles, files and papers."),
    P.MOVE_CONSIGNMENT: _("Take a consignment on: accept, code, declaration, customs, closing."),
    P.RECEIVE_GOODS: _("Count what came, say what is missing or damaged, and add photos."),
    P.ISSUE_GOODS: _("Issue goods from the store, with counts of who got them and no names."),
    P.DISPOSE_OF_GOODS: _("Pass on, return, write off or value goods, and record losses."),
    P.REVERSE_ENTRY: _("Reverse an act of the goods ledger, with the reason; both stay."),
    P.FILE_AID_REPORT: _("Record that a report on presence and distribution was filed."),
    P.CORRECT_DEADLINE: _("Correct a day that the law gives, with the reason."),
    P.REVIEW_FILE: _("Decide whether a photo may be shown to the giver."),
    P.PUBLISH_AID: _("Approve what the public may read of a consignment, and take it back."),
    P.KEEP_TOKENS: _("Make and end the tokens by which programs act for the office."),
}
