"""OpenID Connect beside passwords, where an ``[auth]`` section of the secrets configures ``st.login``.

The sign-in page then has a second button to :data:`START_PATH`, where the app's script calls ``st.login``. After it
``queries.accounts.actor_for_claims`` gives the role by the verified address of ``st.user``, at every run,
because the provider's cookie lasts 30 days and cannot be revoked.
"""

from __future__ import annotations

from collections.abc import Mapping

from streamlit.runtime.secrets import secrets_singleton
from streamlit.web.server.server_util import AUTH_COOKIE_NAME

START_PARAM = "oidc"
START_PATH = f"/?{START_PARAM}=1"


def is_configured() -> bool:
    """Whether the secrets have an ``[auth]`` section."""
    return bool(secrets_singleton.load_if_toml_exists()) and "auth" in secrets_singleton


def has_identity_cookie(cookies: Mapping[str, str]) -> bool:
    """Whether the browser brings an identity; Streamlit checks its signature and the app who it is."""
    return any(name.startswith(AUTH_COOKIE_NAME) for name in cookies)
