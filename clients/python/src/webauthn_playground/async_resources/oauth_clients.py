from __future__ import annotations

from typing import Optional, Sequence, Union

from .._engine import AsyncEngine
from .._members import UNSET, Unset, changes, members, path
from .._pages import AsyncPages
from .._sender import new_idempotency_key
from ..answers.oauth_clients import ClientSecretCreated, OAuthClient, OAuthClientCreated


class AsyncOAuthClients:
    """OAuth clients of the key's environment, managed with ``oauth:manage``."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def create(
        self,
        *,
        name: str,
        type: str,
        scopes: Sequence[str],
        redirect_uris: Optional[Sequence[str]] = None,
        post_logout_redirect_uris: Optional[Sequence[str]] = None,
        optional_scopes: Optional[Sequence[str]] = None,
        grants: Optional[Sequence[str]] = None,
        dpop_required: Optional[bool] = None,
        logo_url: Optional[str] = None,
        idempotency_key: Optional[str] = None,
    ) -> OAuthClientCreated:
        """Makes a client, ``public`` or ``confidential``; the latter's ``client_secret`` is in this answer alone.

        The same ``idempotency_key`` again makes nothing, and answers without the secret: `add_secret` makes another.
        """
        body = members(
            name=name,
            type=type,
            scopes=scopes,
            redirect_uris=redirect_uris,
            post_logout_redirect_uris=post_logout_redirect_uris,
            optional_scopes=optional_scopes,
            grants=grants,
            dpop_required=dpop_required,
            logo_url=logo_url,
        )
        once = idempotency_key or new_idempotency_key()
        return await self._engine.call(OAuthClientCreated, "POST", "/v1/oauth/clients", body=body, once=once)

    def list(self, *, limit: Optional[int] = None, cursor: Optional[str] = None) -> AsyncPages[OAuthClient]:
        return self._engine.list(OAuthClient, "/v1/oauth/clients", members(limit=limit, cursor=cursor))

    async def read(self, client_id: str) -> OAuthClient:
        return await self._engine.call(OAuthClient, "GET", path("/v1/oauth/clients/{}", client_id))

    async def update(
        self,
        client_id: str,
        *,
        name: Union[str, Unset] = UNSET,
        redirect_uris: Union[Sequence[str], Unset] = UNSET,
        post_logout_redirect_uris: Union[Sequence[str], None, Unset] = UNSET,
        scopes: Union[Sequence[str], Unset] = UNSET,
        optional_scopes: Union[Sequence[str], Unset] = UNSET,
        grants: Union[Sequence[str], Unset] = UNSET,
        dpop_required: Union[bool, Unset] = UNSET,
        logo_url: Union[str, None, Unset] = UNSET,
    ) -> OAuthClient:
        """Changes what is named, and leaves the rest. ``logo_url=None``: it has none."""
        body = changes(
            name=name,
            redirect_uris=redirect_uris,
            post_logout_redirect_uris=post_logout_redirect_uris,
            scopes=scopes,
            optional_scopes=optional_scopes,
            grants=grants,
            dpop_required=dpop_required,
            logo_url=logo_url,
        )
        return await self._engine.call(OAuthClient, "PATCH", path("/v1/oauth/clients/{}", client_id), body=body)

    async def delete(self, client_id: str) -> None:
        await self._engine.tell("DELETE", path("/v1/oauth/clients/{}", client_id))

    async def add_secret(self, client_id: str, *, idempotency_key: Optional[str] = None) -> ClientSecretCreated:
        """A further secret, so that one can be replaced without an interruption: two work at once."""
        once = idempotency_key or new_idempotency_key()
        return await self._engine.call(ClientSecretCreated, "POST", path("/v1/oauth/clients/{}/secrets", client_id), once=once)

    async def remove_secret(self, client_id: str, id: str) -> None:
        await self._engine.tell("DELETE", path("/v1/oauth/clients/{}/secrets/{}", client_id, id))
