from __future__ import annotations

from typing import Any, Mapping, Optional

from .._engine import AsyncEngine
from .._members import members, path
from .._pages import AsyncPages
from ..answers.passkeys import (
    ApprovalFinished,
    AuthenticateBegun,
    AuthenticateFinished,
    Passkey,
    RegisterBegun,
    RegisterFinished,
)


class AsyncRegistration:
    """The two calls around the browser's dialogue that makes a passkey."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def begin(
        self,
        *,
        username: str,
        display_name: Optional[str] = None,
        options: Optional[Mapping[str, Any]] = None,
        mediation: Optional[str] = None,
        user_token: Optional[str] = None,
    ) -> RegisterBegun:
        """Options for the browser, in ``public_key``. ``options`` are WebAuthn's, in its own names.

        ``mediation`` is what the browser will be called with: with ``conditional`` nobody need be present. A user who has
        a passkey already needs their own token, in ``user_token``.
        """
        body = members(username=username, display_name=display_name, options=options, mediation=mediation)
        return await self._engine.call(
            RegisterBegun, "POST", "/v1/passkeys/register/begin", body=body, user_token=user_token
        )

    async def finish(self, *, ceremony_id: str, credential: Mapping[str, Any]) -> RegisterFinished:
        """Verifies what the browser gave, RegistrationResponseJSON, and keeps the passkey."""
        body = members(ceremony_id=ceremony_id, credential=credential)
        where = "/v1/passkeys/register/finish"
        return await self._engine.call(RegisterFinished, "POST", where, body=body, repeatable=False)


class AsyncAuthentication:
    """The two calls around the browser's dialogue that signs a user in."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def begin(
        self, *, username: Optional[str] = None, options: Optional[Mapping[str, Any]] = None
    ) -> AuthenticateBegun:
        """Options for the browser, in ``public_key``. Without a username the passkey says who it is."""
        body = members(username=username, options=options)
        return await self._engine.call(AuthenticateBegun, "POST", "/v1/passkeys/authenticate/begin", body=body)

    async def finish(self, *, ceremony_id: str, credential: Mapping[str, Any]) -> AuthenticateFinished:
        """Verifies what the browser gave, AuthenticationResponseJSON; answers the user's token."""
        body = members(ceremony_id=ceremony_id, credential=credential)
        where = "/v1/passkeys/authenticate/finish"
        return await self._engine.call(AuthenticateFinished, "POST", where, body=body, repeatable=False)


class AsyncApproval:
    """The two calls around the browser's dialogue in which a user approves one action."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def begin(
        self,
        *,
        action: Mapping[str, Any],
        username: Optional[str] = None,
        options: Optional[Mapping[str, Any]] = None,
    ) -> AuthenticateBegun:
        """Options for the browser. ``action`` is as on the wire: ``{"type": "mpc.sign", "keyId": …}``."""
        body = members(username=username, options=options, action=action)
        return await self._engine.call(AuthenticateBegun, "POST", "/v1/passkeys/authenticate/begin", body=body)

    async def finish(self, *, ceremony_id: str, credential: Mapping[str, Any]) -> ApprovalFinished:
        """Verifies what the browser gave; answers the approval, and no token."""
        body = members(ceremony_id=ceremony_id, credential=credential)
        where = "/v1/passkeys/authenticate/finish"
        return await self._engine.call(ApprovalFinished, "POST", where, body=body, repeatable=False)


class AsyncPasskeys:
    """AsyncPasskeys of a tenant's users, in the environment of the key."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self.register = AsyncRegistration(engine)
        self.authenticate = AsyncAuthentication(engine)
        self.approve = AsyncApproval(engine)

    def list(
        self,
        *,
        username: Optional[str] = None,
        limit: Optional[int] = None,
        cursor: Optional[str] = None,
        user_token: Optional[str] = None,
    ) -> AsyncPages[Passkey]:
        """The passkeys, oldest first: any user's with ``passkeys:manage``, or those of ``user_token``'s own."""
        query = members(username=username, limit=limit, cursor=cursor)
        return self._engine.list(Passkey, "/v1/passkeys", query, user_token)

    async def rename(self, id: str, name: str, *, user_token: Optional[str] = None) -> Passkey:
        where = path("/v1/passkeys/{}", id)
        return await self._engine.call(Passkey, "PATCH", where, body={"name": name}, user_token=user_token)

    async def delete(self, id: str, *, user_token: Optional[str] = None) -> None:
        """Deletes the passkey, and ends what it opened."""
        await self._engine.tell("DELETE", path("/v1/passkeys/{}", id), user_token=user_token)
