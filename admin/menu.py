"""The menu, in the order in which a curator's day goes; views that are not in it stand beside their neighbours."""

from admin.views.audit import AuditView
from admin.views.base import PanelView
from admin.views.campaigns import CampaignsView
from admin.views.consents import ConsentsView
from admin.views.curator_forms import CuratorFormsView
from admin.views.document_sets import DocumentSetsView
from admin.views.document_templates import DocumentTemplatesView
from admin.views.documents import DocumentsView
from admin.views.drafts import DraftsView
from admin.views.evidence import EvidenceView
from admin.views.invitations import InvitationsView
from admin.views.labour import LabourView
from admin.views.library import LibraryView
from admin.views.matching import MatchingView
from admin.views.meetings import MeetingsView
from admin.views.messages import MessagesView
from admin.views.pairs import PairsView
from admin.views.paper import PaperView
from admin.views.partners import PartnersView
from admin.views.people import PeopleView
from admin.views.person import PersonView
from admin.views.plans import PlansView
from admin.views.registers import RegistersView
from admin.views.reports import ReportsView
from admin.views.responses import ResponsesView
from admin.views.results import ResultsView
from admin.views.selection import SelectionView
from admin.views.settings import SettingsView
from admin.views.summaries import SummariesView
from admin.views.today import TodayView
from admin.views.trainings import TrainingsView
from admin.views.waiting import WaitingView

MENU: tuple[type[PanelView], ...] = (
    TodayView,
    PeopleView,
    PersonView,
    PaperView,
    InvitationsView,
    SelectionView,
    TrainingsView,
    LabourView,
    RegistersView,
    PartnersView,
    PairsView,
    WaitingView,
    MatchingView,
    PlansView,
    MeetingsView,
    ResponsesView,
    CuratorFormsView,
    CampaignsView,
    LibraryView,
    DraftsView,
    ConsentsView,
    DocumentsView,
    EvidenceView,
    DocumentSetsView,
    DocumentTemplatesView,
    MessagesView,
    ReportsView,
    ResultsView,
    SummariesView,
    AuditView,
    SettingsView,
)
