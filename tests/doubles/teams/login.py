"""Microsoft's login and its Graph, as far as a bot needs them: tokens for secrets, and when those secrets end."""

from datetime import UTC, datetime

from tests.doubles.teams.organisation import APP_ID, Organisation
from tests.doubles.teams.shapes import Json

CONNECTOR, GRAPH = "https://api.botframework.com", "https://graph.microsoft.com"
LIVES = 3_599

_UNKNOWN_TENANT = (400, "invalid_request", 90002, "Tenant '{}' not found. Check to make sure you have the correct one.")
_UNKNOWN_CLIENT = (400, "unauthorized_client", 700016, "Application with identifier '{}' was not found.")
_WRONG_SECRET = (401, "invalid_client", 7000215, "Invalid client secret provided for app '{}'.")
_EXPIRED_SECRET = (401, "invalid_client", 7000222, "The provided client secret keys for app '{}' are expired.")
_WRONG_GRANT = (400, "unsupported_grant_type", 70003, "The app requested an unsupported grant type '{}'.")
_WRONG_SCOPE = (400, "invalid_scope", 1002012, "The provided value for scope {} is not valid.")


def logged_in(organisation: Organisation, tenant: str, form: Json) -> tuple[int, Json]:
    """The status and the answer to who asks for a token."""
    audience = str(form.get("scope", "")).removesuffix("/.default")
    if tenant != organisation.tenant:
        return _refused(_UNKNOWN_TENANT, tenant)
    if form.get("grant_type") != "client_credentials":
        return _refused(_WRONG_GRANT, str(form.get("grant_type")))
    if form.get("client_id") != APP_ID:
        return _refused(_UNKNOWN_CLIENT, str(form.get("client_id")))
    if form.get("client_secret") not in organisation.secrets:
        return _refused(_WRONG_SECRET, APP_ID)
    if _ended(organisation, str(form["client_secret"])):
        return _refused(_EXPIRED_SECRET, APP_ID)
    if audience not in (CONNECTOR, GRAPH):
        return _refused(_WRONG_SCOPE, str(form.get("scope")))
    token = organisation.fresh("token-")
    organisation.tokens[token] = (audience, organisation.clock() + LIVES)
    return 200, {"token_type": "Bearer", "expires_in": LIVES, "ext_expires_in": LIVES, "access_token": token}


def opens(organisation: Organisation, token: str, audience: str) -> bool:
    """Whether a token opens something now."""
    known, until = organisation.tokens.get(token, ("", 0.0))
    return known == audience and organisation.clock() < until


def registration(organisation: Organisation, app: str) -> tuple[int, Json]:
    """What Graph tells of the app's own registration."""
    if not organisation.graph_allowed:
        return 403, _error("Authorization_RequestDenied", "Insufficient privileges to complete the operation.")
    if app != APP_ID:
        return 404, _error("Request_ResourceNotFound", f"Resource '{app}' does not exist.")
    ends = list(organisation.secrets.values())
    return 200, {"passwordCredentials": [{"displayName": "bot", "hint": "dou", "endDateTime": each} for each in ends]}


def _ended(organisation: Organisation, secret: str) -> bool:
    return datetime.fromisoformat(organisation.secrets[secret]).timestamp() < organisation.clock.wall()


def _refused(reason: tuple[int, str, int, str], about: str) -> tuple[int, Json]:
    status, error, number, words = reason
    told = f"AADSTS{number}: {words.format(about)} Trace ID: 0 Timestamp: {datetime.now(UTC):%Y-%m-%d %H:%M:%SZ}"
    return status, {"error": error, "error_description": told, "error_codes": [number]}


def _error(code: str, message: str) -> Json:
    return {"error": {"code": code, "message": message}}
