-- Texts are compared byte by byte, as SQLite does: ranges of beginnings, and what is sorted by id.

-- CreateTable
CREATE TABLE "Tenant" (
    "id" TEXT COLLATE "C" NOT NULL,
    "slug" TEXT COLLATE "C" NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,
    "rpId" TEXT COLLATE "C",
    "origins" TEXT COLLATE "C",
    "rpName" TEXT COLLATE "C",
    "brandName" TEXT COLLATE "C",
    "brandColor" TEXT COLLATE "C",
    "logoUrl" TEXT COLLATE "C",
    "monthlyQuota" INTEGER,
    "tierCeiling" TEXT COLLATE "C" NOT NULL DEFAULT 'enterprise',
    "signUp" BOOLEAN NOT NULL DEFAULT true,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Tenant_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AttestationPolicy" (
    "tenantId" TEXT COLLATE "C" NOT NULL,
    "policy" TEXT COLLATE "C" NOT NULL,
    "allowedAaguids" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "AttestationPolicy_pkey" PRIMARY KEY ("tenantId")
);

-- CreateTable
CREATE TABLE "TrustAnchor" (
    "id" TEXT COLLATE "C" NOT NULL,
    "tenantId" TEXT COLLATE "C" NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,
    "certificate" BYTEA NOT NULL,
    "fingerprint" TEXT COLLATE "C" NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "TrustAnchor_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Logo" (
    "tenantId" TEXT COLLATE "C" NOT NULL,
    "id" TEXT COLLATE "C" NOT NULL,
    "type" TEXT COLLATE "C" NOT NULL,
    "bytes" BYTEA NOT NULL,

    CONSTRAINT "Logo_pkey" PRIMARY KEY ("tenantId")
);

-- CreateTable
CREATE TABLE "Account" (
    "tenantId" TEXT COLLATE "C" NOT NULL,
    "environment" TEXT COLLATE "C" NOT NULL,
    "available" BIGINT NOT NULL DEFAULT 0,
    "reserved" BIGINT NOT NULL DEFAULT 0,
    "sequence" INTEGER NOT NULL DEFAULT 0,
    "alertBelow" INTEGER,
    "alerted" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "Account_pkey" PRIMARY KEY ("tenantId","environment")
);

-- CreateTable
CREATE TABLE "LedgerTransaction" (
    "id" TEXT COLLATE "C" NOT NULL,
    "tenantId" TEXT COLLATE "C" NOT NULL,
    "environment" TEXT COLLATE "C" NOT NULL,
    "sequence" INTEGER NOT NULL,
    "type" TEXT COLLATE "C" NOT NULL,
    "sourceId" TEXT COLLATE "C" NOT NULL,
    "amount" INTEGER NOT NULL,
    "available" BIGINT NOT NULL,
    "reserved" BIGINT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "LedgerTransaction_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "LedgerEntry" (
    "transactionId" TEXT COLLATE "C" NOT NULL,
    "account" TEXT COLLATE "C" NOT NULL,
    "amount" INTEGER NOT NULL,

    CONSTRAINT "LedgerEntry_pkey" PRIMARY KEY ("transactionId","account")
);

-- CreateTable
CREATE TABLE "Reservation" (
    "runId" TEXT COLLATE "C" NOT NULL,
    "tenantId" TEXT COLLATE "C" NOT NULL,
    "environment" TEXT COLLATE "C" NOT NULL,
    "amount" INTEGER NOT NULL,
    "state" TEXT COLLATE "C" NOT NULL DEFAULT 'open',
    "until" TIMESTAMP(3) NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Reservation_pkey" PRIMARY KEY ("runId")
);

-- CreateTable
CREATE TABLE "PaymentMethod" (
    "id" TEXT COLLATE "C" NOT NULL,
    "tenantId" TEXT COLLATE "C" NOT NULL,
    "environment" TEXT COLLATE "C" NOT NULL,
    "label" TEXT COLLATE "C" NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "PaymentMethod_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "TopUp" (
    "id" TEXT COLLATE "C" NOT NULL,
    "tenantId" TEXT COLLATE "C" NOT NULL,
    "environment" TEXT COLLATE "C" NOT NULL,
    "amount" INTEGER NOT NULL,
    "paymentMethodId" TEXT COLLATE "C" NOT NULL,
    "methodLabel" TEXT COLLATE "C" NOT NULL,
    "status" TEXT COLLATE "C" NOT NULL DEFAULT 'pending',
    "createdAt" TIMESTAMP(3) NOT NULL,
    "decidedAt" TIMESTAMP(3),

    CONSTRAINT "TopUp_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ApiKey" (
    "id" TEXT COLLATE "C" NOT NULL,
    "tenantId" TEXT COLLATE "C" NOT NULL,
    "environment" TEXT COLLATE "C" NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,
    "hash" TEXT COLLATE "C" NOT NULL,
    "hint" TEXT COLLATE "C" NOT NULL,
    "scopes" TEXT COLLATE "C" NOT NULL,
    "tier" TEXT COLLATE "C" NOT NULL DEFAULT 'standard',
    "demo" BOOLEAN NOT NULL DEFAULT false,
    "allowedIps" TEXT COLLATE "C" NOT NULL DEFAULT '',
    "familyId" TEXT COLLATE "C" NOT NULL,
    "predecessorId" TEXT COLLATE "C",
    "handedOff" BOOLEAN NOT NULL DEFAULT false,
    "expiresAt" TIMESTAMP(3),
    "plannedExpiresAt" TIMESTAMP(3),
    "revokedAt" TIMESTAMP(3),
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ApiKey_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "HandOff" (
    "id" TEXT COLLATE "C" NOT NULL,
    "tenantId" TEXT COLLATE "C" NOT NULL,
    "environment" TEXT COLLATE "C" NOT NULL,
    "hash" TEXT COLLATE "C" NOT NULL,
    "keyId" TEXT COLLATE "C" NOT NULL,
    "network" TEXT COLLATE "C" NOT NULL,
    "username" TEXT COLLATE "C",
    "options" TEXT COLLATE "C",
    "createdAt" TIMESTAMP(3) NOT NULL,
    "expiresAt" TIMESTAMP(3) NOT NULL,
    "takenAt" TIMESTAMP(3),
    "replacedAt" TIMESTAMP(3),

    CONSTRAINT "HandOff_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "KeySighting" (
    "keyId" TEXT COLLATE "C" NOT NULL,
    "address" TEXT COLLATE "C" NOT NULL,
    "firstSeenAt" TIMESTAMP(3) NOT NULL,
    "lastSeenAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "KeySighting_pkey" PRIMARY KEY ("keyId","address")
);

-- CreateTable
CREATE TABLE "IdempotentRequest" (
    "tenantId" TEXT COLLATE "C" NOT NULL,
    "environment" TEXT COLLATE "C" NOT NULL,
    "key" TEXT COLLATE "C" NOT NULL,
    "fingerprint" TEXT COLLATE "C" NOT NULL,
    "resultId" TEXT COLLATE "C" NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "IdempotentRequest_pkey" PRIMARY KEY ("tenantId","environment","key")
);

-- CreateTable
CREATE TABLE "User" (
    "id" TEXT COLLATE "C" NOT NULL,
    "tenantId" TEXT COLLATE "C" NOT NULL,
    "environment" TEXT COLLATE "C" NOT NULL,
    "username" TEXT COLLATE "C" NOT NULL,
    "displayName" TEXT COLLATE "C" NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "User_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Passkey" (
    "id" TEXT COLLATE "C" NOT NULL,
    "tenantId" TEXT COLLATE "C" NOT NULL,
    "environment" TEXT COLLATE "C" NOT NULL,
    "userId" TEXT COLLATE "C" NOT NULL,
    "credentialId" TEXT COLLATE "C" NOT NULL,
    "rpId" TEXT COLLATE "C",
    "userHandle" TEXT COLLATE "C",
    "publicKey" BYTEA NOT NULL,
    "algorithm" INTEGER NOT NULL,
    "signCount" BIGINT NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,
    "aaguid" TEXT COLLATE "C" NOT NULL,
    "transports" TEXT COLLATE "C" NOT NULL,
    "backupEligible" BOOLEAN NOT NULL,
    "backedUp" BOOLEAN NOT NULL,
    "attestationFormat" TEXT COLLATE "C" NOT NULL,
    "attestationTrusted" BOOLEAN NOT NULL,
    "attestationSource" TEXT COLLATE "C",
    "attestationRoot" TEXT COLLATE "C",
    "attestationStatus" TEXT COLLATE "C" NOT NULL DEFAULT '',
    "attestationDescription" TEXT COLLATE "C",
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastUsedAt" TIMESTAMP(3),

    CONSTRAINT "Passkey_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Ceremony" (
    "id" TEXT COLLATE "C" NOT NULL,
    "tenantId" TEXT COLLATE "C" NOT NULL,
    "environment" TEXT COLLATE "C" NOT NULL,
    "kind" TEXT COLLATE "C" NOT NULL,
    "userId" TEXT COLLATE "C",
    "username" TEXT COLLATE "C",
    "displayName" TEXT COLLATE "C",
    "further" BOOLEAN NOT NULL DEFAULT false,
    "allowedBy" TEXT COLLATE "C",
    "purpose" TEXT COLLATE "C",
    "mediation" TEXT COLLATE "C",
    "action" TEXT COLLATE "C",
    "salt" TEXT COLLATE "C",
    "options" TEXT COLLATE "C" NOT NULL,
    "expiresAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Ceremony_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Approval" (
    "id" TEXT COLLATE "C" NOT NULL,
    "tenantId" TEXT COLLATE "C" NOT NULL,
    "environment" TEXT COLLATE "C" NOT NULL,
    "clientId" TEXT COLLATE "C" NOT NULL,
    "userId" TEXT COLLATE "C" NOT NULL,
    "action" TEXT COLLATE "C" NOT NULL,
    "answer" TEXT COLLATE "C",
    "answeredAt" TIMESTAMP(3),
    "passkeyId" TEXT COLLATE "C",
    "takenAt" TIMESTAMP(3),
    "createdAt" TIMESTAMP(3) NOT NULL,
    "expiresAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Approval_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SigningKey" (
    "id" TEXT COLLATE "C" NOT NULL,
    "publicJwk" TEXT COLLATE "C" NOT NULL,
    "privateJwk" TEXT COLLATE "C" NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "activatedAt" TIMESTAMP(3),
    "retiredAt" TIMESTAMP(3),

    CONSTRAINT "SigningKey_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "UsageCount" (
    "tenantId" TEXT COLLATE "C" NOT NULL,
    "environment" TEXT COLLATE "C" NOT NULL,
    "keyId" TEXT COLLATE "C" NOT NULL,
    "operation" TEXT COLLATE "C" NOT NULL,
    "outcome" TEXT COLLATE "C" NOT NULL,
    "hour" INTEGER NOT NULL,
    "requests" INTEGER NOT NULL,
    "peakPerMinute" INTEGER NOT NULL DEFAULT 0,
    "peakConcurrent" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "UsageCount_pkey" PRIMARY KEY ("tenantId","environment","hour","operation","keyId","outcome")
);

-- CreateTable
CREATE TABLE "UsageMonth" (
    "tenantId" TEXT COLLATE "C" NOT NULL,
    "month" INTEGER NOT NULL,
    "requests" BIGINT NOT NULL,
    "told" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "UsageMonth_pkey" PRIMARY KEY ("tenantId","month")
);

-- CreateTable
CREATE TABLE "LogLot" (
    "id" SERIAL NOT NULL,
    "tenantId" TEXT COLLATE "C" NOT NULL,
    "environment" TEXT COLLATE "C" NOT NULL,
    "at" BIGINT NOT NULL,
    "began" BIGINT NOT NULL,
    "requests" INTEGER NOT NULL,
    "refused" INTEGER NOT NULL,
    "rows" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "LogLot_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "LogSize" (
    "tenantId" TEXT COLLATE "C" NOT NULL,
    "environment" TEXT COLLATE "C" NOT NULL,
    "requests" BIGINT NOT NULL,

    CONSTRAINT "LogSize_pkey" PRIMARY KEY ("tenantId","environment")
);

-- CreateTable
CREATE TABLE "UsageEvent" (
    "id" TEXT COLLATE "C" NOT NULL,
    "hour" INTEGER NOT NULL,

    CONSTRAINT "UsageEvent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ServiceToken" (
    "id" TEXT COLLATE "C" NOT NULL,
    "service" TEXT COLLATE "C" NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,
    "hash" TEXT COLLATE "C" NOT NULL,
    "hint" TEXT COLLATE "C" NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "revokedAt" TIMESTAMP(3),

    CONSTRAINT "ServiceToken_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Member" (
    "id" TEXT COLLATE "C" NOT NULL,
    "tenantId" TEXT COLLATE "C" NOT NULL,
    "userId" TEXT COLLATE "C" NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,
    "role" TEXT COLLATE "C" NOT NULL DEFAULT 'viewer',
    "usedAt" TIMESTAMP(3),
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Member_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Invitation" (
    "id" TEXT COLLATE "C" NOT NULL,
    "tenantId" TEXT COLLATE "C" NOT NULL,
    "hash" TEXT COLLATE "C" NOT NULL,
    "invitee" TEXT COLLATE "C" NOT NULL DEFAULT '',
    "role" TEXT COLLATE "C" NOT NULL DEFAULT 'viewer',
    "setUp" BOOLEAN NOT NULL DEFAULT false,
    "invitedBy" TEXT COLLATE "C" NOT NULL,
    "expiresAt" TIMESTAMP(3) NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Invitation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ConsoleSession" (
    "id" TEXT COLLATE "C" NOT NULL,
    "hash" TEXT COLLATE "C" NOT NULL,
    "memberId" TEXT COLLATE "C" NOT NULL,
    "passkeyId" TEXT COLLATE "C" NOT NULL,
    "confirmedAt" TIMESTAMP(3),
    "confirmedBy" TEXT COLLATE "C",
    "confirmedFor" TEXT COLLATE "C",
    "address" TEXT COLLATE "C",
    "userAgent" TEXT COLLATE "C",
    "lastSeenAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMP(3) NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ConsoleSession_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AuditEvent" (
    "id" SERIAL NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "tenantId" TEXT COLLATE "C" NOT NULL,
    "environment" TEXT COLLATE "C",
    "action" TEXT COLLATE "C" NOT NULL,
    "actorType" TEXT COLLATE "C" NOT NULL,
    "actorId" TEXT COLLATE "C" NOT NULL,
    "actorName" TEXT COLLATE "C" NOT NULL,
    "address" TEXT COLLATE "C",
    "requestId" TEXT COLLATE "C",
    "targetId" TEXT COLLATE "C" NOT NULL,
    "targetName" TEXT COLLATE "C" NOT NULL,
    "before" TEXT COLLATE "C",
    "after" TEXT COLLATE "C",
    "userId" TEXT COLLATE "C",
    "username" TEXT COLLATE "C",

    CONSTRAINT "AuditEvent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "OAuthClient" (
    "id" TEXT COLLATE "C" NOT NULL,
    "tenantId" TEXT COLLATE "C" NOT NULL,
    "environment" TEXT COLLATE "C" NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,
    "type" TEXT COLLATE "C" NOT NULL,
    "redirectUris" TEXT COLLATE "C" NOT NULL,
    "postLogoutRedirectUris" TEXT COLLATE "C",
    "scopes" TEXT COLLATE "C" NOT NULL,
    "optionalScopes" TEXT COLLATE "C" NOT NULL DEFAULT '',
    "grants" TEXT COLLATE "C" NOT NULL,
    "dpopRequired" BOOLEAN NOT NULL DEFAULT false,
    "logoUrl" TEXT COLLATE "C",
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "OAuthClient_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "OAuthClientSecret" (
    "id" TEXT COLLATE "C" NOT NULL,
    "clientId" TEXT COLLATE "C" NOT NULL,
    "hash" TEXT COLLATE "C" NOT NULL,
    "hint" TEXT COLLATE "C" NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "OAuthClientSecret_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "OAuthRecord" (
    "id" TEXT COLLATE "C" NOT NULL,
    "kind" TEXT COLLATE "C" NOT NULL,
    "grantId" TEXT COLLATE "C",
    "alias" TEXT COLLATE "C",
    "userId" TEXT COLLATE "C",
    "clientId" TEXT COLLATE "C",
    "passkeyId" TEXT COLLATE "C",
    "payload" TEXT COLLATE "C" NOT NULL,
    "consumedAt" TIMESTAMP(3),
    "successorId" TEXT COLLATE "C",
    "expiresAt" TIMESTAMP(3),

    CONSTRAINT "OAuthRecord_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "OAuthConsent" (
    "userId" TEXT COLLATE "C" NOT NULL,
    "clientId" TEXT COLLATE "C" NOT NULL,
    "resource" TEXT COLLATE "C" NOT NULL,
    "scopes" TEXT COLLATE "C" NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,
    "lastUsedAt" TIMESTAMP(3),

    CONSTRAINT "OAuthConsent_pkey" PRIMARY KEY ("userId","clientId","resource")
);

-- CreateTable
CREATE TABLE "WebhookEndpoint" (
    "id" TEXT COLLATE "C" NOT NULL,
    "tenantId" TEXT COLLATE "C" NOT NULL,
    "environment" TEXT COLLATE "C" NOT NULL,
    "url" TEXT COLLATE "C" NOT NULL,
    "events" TEXT COLLATE "C" NOT NULL,
    "description" TEXT COLLATE "C" NOT NULL,
    "enabled" BOOLEAN NOT NULL,
    "disabledReason" TEXT COLLATE "C",
    "disabledAt" TIMESTAMP(3),
    "failingSince" TIMESTAMP(3),
    "secret" TEXT COLLATE "C" NOT NULL,
    "secretHint" TEXT COLLATE "C" NOT NULL,
    "previousSecret" TEXT COLLATE "C",
    "previousUntil" TIMESTAMP(3),
    "publicKey" TEXT COLLATE "C" NOT NULL,
    "privateKey" TEXT COLLATE "C" NOT NULL,
    "createdBy" TEXT COLLATE "C" NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "WebhookEndpoint_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "WebhookEvent" (
    "id" TEXT COLLATE "C" NOT NULL,
    "tenantId" TEXT COLLATE "C" NOT NULL,
    "environment" TEXT COLLATE "C" NOT NULL,
    "type" TEXT COLLATE "C" NOT NULL,
    "payload" TEXT COLLATE "C" NOT NULL,
    "test" BOOLEAN NOT NULL DEFAULT false,
    "createdAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "WebhookEvent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "WebhookDelivery" (
    "id" TEXT COLLATE "C" NOT NULL,
    "eventId" TEXT COLLATE "C" NOT NULL,
    "endpointId" TEXT COLLATE "C" NOT NULL,
    "tenantId" TEXT COLLATE "C" NOT NULL,
    "environment" TEXT COLLATE "C" NOT NULL,
    "status" TEXT COLLATE "C" NOT NULL,
    "scheduledAt" TIMESTAMP(3) NOT NULL,
    "scheduled" INTEGER NOT NULL DEFAULT 0,
    "dueAt" TIMESTAMP(3),
    "lease" TEXT COLLATE "C",
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "lastAttemptAt" TIMESTAMP(3),
    "lastStatus" INTEGER,
    "lastFailure" TEXT COLLATE "C",
    "lastMilliseconds" INTEGER,
    "createdAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "WebhookDelivery_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "WebhookAttempt" (
    "deliveryId" TEXT COLLATE "C" NOT NULL,
    "number" INTEGER NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "milliseconds" INTEGER NOT NULL,
    "status" INTEGER,
    "failure" TEXT COLLATE "C",
    "words" TEXT COLLATE "C",
    "requestHeaders" TEXT COLLATE "C" NOT NULL,
    "answer" TEXT COLLATE "C" NOT NULL,
    "answerTruncated" BOOLEAN NOT NULL,

    CONSTRAINT "WebhookAttempt_pkey" PRIMARY KEY ("deliveryId","number")
);

-- CreateTable
CREATE TABLE "Skill" (
    "tenantId" TEXT COLLATE "C" NOT NULL,
    "environment" TEXT COLLATE "C" NOT NULL,
    "id" TEXT COLLATE "C" NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,
    "description" TEXT COLLATE "C" NOT NULL,
    "url" TEXT COLLATE "C" NOT NULL,
    "inputSchema" TEXT COLLATE "C" NOT NULL,
    "outputSchema" TEXT COLLATE "C" NOT NULL,
    "priceAmount" INTEGER NOT NULL,
    "timeoutSeconds" INTEGER NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "secret" TEXT COLLATE "C" NOT NULL,
    "secretHint" TEXT COLLATE "C" NOT NULL,
    "previousSecret" TEXT COLLATE "C",
    "previousUntil" TIMESTAMP(3),
    "createdAt" TIMESTAMP(3) NOT NULL,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Skill_pkey" PRIMARY KEY ("tenantId","environment","id")
);

-- CreateTable
CREATE TABLE "SkillRun" (
    "id" TEXT COLLATE "C" NOT NULL,
    "tenantId" TEXT COLLATE "C" NOT NULL,
    "environment" TEXT COLLATE "C" NOT NULL,
    "skillId" TEXT COLLATE "C" NOT NULL,
    "skillVersion" TEXT COLLATE "C" NOT NULL,
    "status" TEXT COLLATE "C" NOT NULL,
    "actorType" TEXT COLLATE "C" NOT NULL,
    "actorId" TEXT COLLATE "C" NOT NULL,
    "actorName" TEXT COLLATE "C" NOT NULL,
    "userId" TEXT COLLATE "C",
    "inputBytes" INTEGER NOT NULL,
    "inputHash" TEXT COLLATE "C" NOT NULL,
    "output" TEXT COLLATE "C",
    "outputBytes" INTEGER NOT NULL DEFAULT 0,
    "amount" INTEGER NOT NULL,
    "code" TEXT COLLATE "C",
    "reason" TEXT COLLATE "C",
    "detail" TEXT COLLATE "C",
    "excerpt" TEXT COLLATE "C",
    "answerStatus" INTEGER,
    "startedAt" TIMESTAMP(3) NOT NULL,
    "finishedAt" TIMESTAMP(3),
    "until" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "SkillRun_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Setting" (
    "name" TEXT COLLATE "C" NOT NULL,
    "value" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "Setting_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "PageCeremony" (
    "tenantId" TEXT COLLATE "C" NOT NULL,
    "environment" TEXT COLLATE "C" NOT NULL,
    "hour" INTEGER NOT NULL,
    "operation" TEXT COLLATE "C" NOT NULL,
    "outcome" TEXT COLLATE "C" NOT NULL,
    "requests" INTEGER NOT NULL,

    CONSTRAINT "PageCeremony_pkey" PRIMARY KEY ("tenantId", "environment", "hour", "operation", "outcome")
);

-- CreateIndex
CREATE UNIQUE INDEX "Tenant_slug_key" ON "Tenant"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "TrustAnchor_tenantId_fingerprint_key" ON "TrustAnchor"("tenantId", "fingerprint");

-- CreateIndex
CREATE UNIQUE INDEX "Logo_id_key" ON "Logo"("id");

-- CreateIndex
CREATE INDEX "LedgerTransaction_tenantId_environment_at_sequence_idx" ON "LedgerTransaction"("tenantId", "environment", "at", "sequence");

-- CreateIndex
CREATE INDEX "LedgerTransaction_tenantId_environment_type_sequence_idx" ON "LedgerTransaction"("tenantId", "environment", "type", "sequence");

-- CreateIndex
CREATE UNIQUE INDEX "LedgerTransaction_tenantId_environment_sequence_key" ON "LedgerTransaction"("tenantId", "environment", "sequence");

-- CreateIndex
CREATE UNIQUE INDEX "LedgerTransaction_sourceId_type_key" ON "LedgerTransaction"("sourceId", "type");

-- CreateIndex
CREATE INDEX "Reservation_state_until_idx" ON "Reservation"("state", "until");

-- CreateIndex
CREATE INDEX "Reservation_tenantId_environment_state_until_idx" ON "Reservation"("tenantId", "environment", "state", "until");

-- CreateIndex
CREATE INDEX "PaymentMethod_tenantId_environment_createdAt_idx" ON "PaymentMethod"("tenantId", "environment", "createdAt");

-- CreateIndex
CREATE INDEX "TopUp_tenantId_environment_createdAt_idx" ON "TopUp"("tenantId", "environment", "createdAt");

-- CreateIndex
CREATE INDEX "TopUp_status_environment_createdAt_idx" ON "TopUp"("status", "environment", "createdAt");

-- CreateIndex
CREATE INDEX "ApiKey_tenantId_environment_createdAt_idx" ON "ApiKey"("tenantId", "environment", "createdAt");

-- CreateIndex
CREATE INDEX "ApiKey_predecessorId_idx" ON "ApiKey"("predecessorId");

-- CreateIndex
CREATE UNIQUE INDEX "HandOff_hash_key" ON "HandOff"("hash");

-- CreateIndex
CREATE INDEX "HandOff_keyId_network_createdAt_idx" ON "HandOff"("keyId", "network", "createdAt");

-- CreateIndex
CREATE INDEX "HandOff_createdAt_idx" ON "HandOff"("createdAt");

-- CreateIndex
CREATE INDEX "IdempotentRequest_createdAt_idx" ON "IdempotentRequest"("createdAt");

-- CreateIndex
CREATE INDEX "User_tenantId_environment_createdAt_id_idx" ON "User"("tenantId", "environment", "createdAt", "id");

-- CreateIndex
CREATE UNIQUE INDEX "User_tenantId_environment_username_key" ON "User"("tenantId", "environment", "username");

-- CreateIndex
CREATE INDEX "Passkey_userId_createdAt_idx" ON "Passkey"("userId", "createdAt");

-- CreateIndex
CREATE INDEX "Passkey_tenantId_environment_aaguid_backupEligible_idx" ON "Passkey"("tenantId", "environment", "aaguid", "backupEligible");

-- CreateIndex
CREATE UNIQUE INDEX "Passkey_tenantId_environment_credentialId_key" ON "Passkey"("tenantId", "environment", "credentialId");

-- CreateIndex
CREATE INDEX "Ceremony_expiresAt_idx" ON "Ceremony"("expiresAt");

-- CreateIndex
CREATE INDEX "Approval_expiresAt_idx" ON "Approval"("expiresAt");

-- CreateIndex
CREATE INDEX "SigningKey_retiredAt_idx" ON "SigningKey"("retiredAt");

-- CreateIndex
CREATE INDEX "LogLot_tenantId_environment_at_id_idx" ON "LogLot"("tenantId", "environment", "at", "id");

-- CreateIndex
CREATE INDEX "UsageEvent_hour_idx" ON "UsageEvent"("hour");

-- CreateIndex
CREATE INDEX "Member_userId_idx" ON "Member"("userId");

-- CreateIndex
CREATE INDEX "Member_tenantId_createdAt_idx" ON "Member"("tenantId", "createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "Member_tenantId_userId_key" ON "Member"("tenantId", "userId");

-- CreateIndex
CREATE UNIQUE INDEX "Member_tenantId_name_key" ON "Member"("tenantId", "name");

-- CreateIndex
CREATE UNIQUE INDEX "Invitation_hash_key" ON "Invitation"("hash");

-- CreateIndex
CREATE INDEX "Invitation_tenantId_createdAt_idx" ON "Invitation"("tenantId", "createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "ConsoleSession_hash_key" ON "ConsoleSession"("hash");

-- CreateIndex
CREATE INDEX "ConsoleSession_memberId_idx" ON "ConsoleSession"("memberId");

-- CreateIndex
CREATE INDEX "ConsoleSession_passkeyId_idx" ON "ConsoleSession"("passkeyId");

-- CreateIndex
CREATE INDEX "ConsoleSession_expiresAt_idx" ON "ConsoleSession"("expiresAt");

-- CreateIndex
CREATE INDEX "AuditEvent_tenantId_id_idx" ON "AuditEvent"("tenantId", "id");

-- CreateIndex
CREATE INDEX "OAuthClient_tenantId_environment_createdAt_idx" ON "OAuthClient"("tenantId", "environment", "createdAt");

-- CreateIndex
CREATE INDEX "OAuthClientSecret_clientId_idx" ON "OAuthClientSecret"("clientId");

-- CreateIndex
CREATE INDEX "OAuthRecord_grantId_idx" ON "OAuthRecord"("grantId");

-- CreateIndex
CREATE INDEX "OAuthRecord_expiresAt_idx" ON "OAuthRecord"("expiresAt");

-- CreateIndex
CREATE INDEX "OAuthConsent_clientId_idx" ON "OAuthConsent"("clientId");

-- CreateIndex
CREATE INDEX "WebhookEndpoint_tenantId_environment_createdAt_idx" ON "WebhookEndpoint"("tenantId", "environment", "createdAt");

-- CreateIndex
CREATE INDEX "WebhookEvent_createdAt_idx" ON "WebhookEvent"("createdAt");

-- CreateIndex
CREATE INDEX "WebhookDelivery_eventId_idx" ON "WebhookDelivery"("eventId");

-- CreateIndex
CREATE INDEX "WebhookDelivery_endpointId_createdAt_id_status_idx" ON "WebhookDelivery"("endpointId", "createdAt", "id", "status");

-- CreateIndex
CREATE INDEX "WebhookDelivery_endpointId_status_createdAt_id_idx" ON "WebhookDelivery"("endpointId", "status", "createdAt", "id");

-- CreateIndex
CREATE INDEX "Skill_previousUntil_idx" ON "Skill"("previousUntil");

-- CreateIndex
CREATE INDEX "SkillRun_tenantId_environment_startedAt_idx" ON "SkillRun"("tenantId", "environment", "startedAt");

-- CreateIndex
CREATE INDEX "SkillRun_tenantId_environment_skillId_startedAt_status_idx" ON "SkillRun"("tenantId", "environment", "skillId", "startedAt", "status");

-- CreateIndex
CREATE INDEX "SkillRun_tenantId_environment_userId_startedAt_idx" ON "SkillRun"("tenantId", "environment", "userId", "startedAt");

-- CreateIndex
CREATE INDEX "SkillRun_tenantId_environment_status_idx" ON "SkillRun"("tenantId", "environment", "status");

-- CreateIndex
CREATE INDEX "SkillRun_status_until_idx" ON "SkillRun"("status", "until");

-- CreateIndex
CREATE INDEX "SkillRun_startedAt_idx" ON "SkillRun"("startedAt");

-- AddForeignKey
ALTER TABLE "AttestationPolicy" ADD CONSTRAINT "AttestationPolicy_tenantId_fkey" FOREIGN KEY ("tenantId") REFERENCES "Tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TrustAnchor" ADD CONSTRAINT "TrustAnchor_tenantId_fkey" FOREIGN KEY ("tenantId") REFERENCES "Tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Logo" ADD CONSTRAINT "Logo_tenantId_fkey" FOREIGN KEY ("tenantId") REFERENCES "Tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Account" ADD CONSTRAINT "Account_tenantId_fkey" FOREIGN KEY ("tenantId") REFERENCES "Tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "LedgerTransaction" ADD CONSTRAINT "LedgerTransaction_tenantId_environment_fkey" FOREIGN KEY ("tenantId", "environment") REFERENCES "Account"("tenantId", "environment") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "LedgerEntry" ADD CONSTRAINT "LedgerEntry_transactionId_fkey" FOREIGN KEY ("transactionId") REFERENCES "LedgerTransaction"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Reservation" ADD CONSTRAINT "Reservation_tenantId_environment_fkey" FOREIGN KEY ("tenantId", "environment") REFERENCES "Account"("tenantId", "environment") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PaymentMethod" ADD CONSTRAINT "PaymentMethod_tenantId_fkey" FOREIGN KEY ("tenantId") REFERENCES "Tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TopUp" ADD CONSTRAINT "TopUp_tenantId_fkey" FOREIGN KEY ("tenantId") REFERENCES "Tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ApiKey" ADD CONSTRAINT "ApiKey_tenantId_fkey" FOREIGN KEY ("tenantId") REFERENCES "Tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "User" ADD CONSTRAINT "User_tenantId_fkey" FOREIGN KEY ("tenantId") REFERENCES "Tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Passkey" ADD CONSTRAINT "Passkey_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Member" ADD CONSTRAINT "Member_tenantId_fkey" FOREIGN KEY ("tenantId") REFERENCES "Tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Invitation" ADD CONSTRAINT "Invitation_tenantId_fkey" FOREIGN KEY ("tenantId") REFERENCES "Tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ConsoleSession" ADD CONSTRAINT "ConsoleSession_memberId_fkey" FOREIGN KEY ("memberId") REFERENCES "Member"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "OAuthClient" ADD CONSTRAINT "OAuthClient_tenantId_fkey" FOREIGN KEY ("tenantId") REFERENCES "Tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "OAuthClientSecret" ADD CONSTRAINT "OAuthClientSecret_clientId_fkey" FOREIGN KEY ("clientId") REFERENCES "OAuthClient"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "WebhookDelivery" ADD CONSTRAINT "WebhookDelivery_eventId_fkey" FOREIGN KEY ("eventId") REFERENCES "WebhookEvent"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "WebhookAttempt" ADD CONSTRAINT "WebhookAttempt_deliveryId_fkey" FOREIGN KEY ("deliveryId") REFERENCES "WebhookDelivery"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Indexes that hold only the rows that they are for.
CREATE INDEX "ApiKey_works_idx" ON "ApiKey"("tenantId", "environment", "expiresAt", "createdAt", "id") WHERE "revokedAt" IS NULL;
CREATE INDEX "AuditEvent_but_sign_ins_idx" ON "AuditEvent"("tenantId", "id")
    WHERE "action" <> 'user.signed_in' AND "action" <> 'user.sign_in_refused';
CREATE INDEX "AuditEvent_user_idx" ON "AuditEvent"("tenantId", "userId", "id") WHERE "userId" IS NOT NULL;
CREATE INDEX "OAuthRecord_alias_idx" ON "OAuthRecord"("alias") WHERE "alias" IS NOT NULL;
CREATE INDEX "OAuthRecord_grants_idx" ON "OAuthRecord"("clientId", "userId") WHERE "kind" = 'Grant';
CREATE INDEX "OAuthRecord_passkeyId_idx" ON "OAuthRecord"("passkeyId") WHERE "passkeyId" IS NOT NULL;
CREATE INDEX "Passkey_userHandle_idx" ON "Passkey"("userHandle", "credentialId") WHERE "userHandle" IS NOT NULL;
CREATE INDEX "SkillRun_output_idx" ON "SkillRun"("tenantId", "environment", "startedAt") WHERE "output" IS NOT NULL;
CREATE INDEX "SkillRun_output_startedAt_idx" ON "SkillRun"("startedAt") WHERE "output" IS NOT NULL;
CREATE INDEX "WebhookDelivery_begun_idx" ON "WebhookDelivery"("endpointId", "scheduledAt") WHERE "dueAt" IS NOT NULL AND "attempts" > 0;
CREATE INDEX "WebhookDelivery_due_at_endpoint_idx" ON "WebhookDelivery"("endpointId", "dueAt") WHERE "dueAt" IS NOT NULL;
CREATE INDEX "WebhookDelivery_due_idx" ON "WebhookDelivery"("dueAt", "endpointId") WHERE "dueAt" IS NOT NULL;
CREATE INDEX "WebhookDelivery_under_way_idx" ON "WebhookDelivery"("lease") WHERE "lease" IS NOT NULL;
CREATE INDEX "WebhookDelivery_waiting_idx" ON "WebhookDelivery"("endpointId", "createdAt") WHERE "dueAt" IS NOT NULL AND "attempts" > 0;

-- What money may be.
ALTER TABLE "Account" ADD CONSTRAINT "Account_never_below_zero" CHECK ("available" >= 0 AND "reserved" >= 0);
ALTER TABLE "LedgerTransaction" ADD CONSTRAINT "LedgerTransaction_moves_money" CHECK ("amount" > 0 AND "available" >= 0 AND "reserved" >= 0);
ALTER TABLE "Reservation" ADD CONSTRAINT "Reservation_state_known" CHECK ("amount" > 0 AND "state" IN ('open', 'settled', 'released'));
ALTER TABLE "TopUp" ADD CONSTRAINT "TopUp_status_known" CHECK ("amount" > 0 AND "status" IN ('pending', 'succeeded', 'declined'));

-- What only grows.
CREATE FUNCTION "refuse"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%', TG_ARGV[0];
END $$;
CREATE TRIGGER "AuditEvent_is_never_changed" BEFORE UPDATE OR DELETE ON "AuditEvent"
    FOR EACH ROW EXECUTE FUNCTION "refuse"('The audit log only grows.');
CREATE TRIGGER "AuditEvent_is_never_emptied" BEFORE TRUNCATE ON "AuditEvent"
    FOR EACH STATEMENT EXECUTE FUNCTION "refuse"('The audit log only grows.');
CREATE TRIGGER "LedgerTransaction_is_never_changed" BEFORE UPDATE OR DELETE ON "LedgerTransaction"
    FOR EACH ROW EXECUTE FUNCTION "refuse"('The ledger only grows.');
CREATE TRIGGER "LedgerTransaction_is_never_emptied" BEFORE TRUNCATE ON "LedgerTransaction"
    FOR EACH STATEMENT EXECUTE FUNCTION "refuse"('The ledger only grows.');
CREATE TRIGGER "LedgerEntry_is_never_changed" BEFORE UPDATE OR DELETE ON "LedgerEntry"
    FOR EACH ROW EXECUTE FUNCTION "refuse"('The ledger only grows.');
CREATE TRIGGER "LedgerEntry_is_never_emptied" BEFORE TRUNCATE ON "LedgerEntry"
    FOR EACH STATEMENT EXECUTE FUNCTION "refuse"('The ledger only grows.');
CREATE TRIGGER "WebhookAttempt_is_never_changed" BEFORE UPDATE ON "WebhookAttempt"
    FOR EACH ROW EXECUTE FUNCTION "refuse"('An attempt never changes.');
CREATE FUNCTION "keep_attempt_of_delivery"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM "WebhookDelivery" WHERE "id" = OLD."deliveryId") THEN
        RAISE EXCEPTION 'An attempt never changes.';
    END IF;
    RETURN OLD;
END $$;
CREATE TRIGGER "WebhookAttempt_is_never_deleted" BEFORE DELETE ON "WebhookAttempt"
    FOR EACH ROW EXECUTE FUNCTION "keep_attempt_of_delivery"();
CREATE FUNCTION "sum_to_zero"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT count(*) FROM "LedgerEntry" WHERE "transactionId" = NEW."transactionId") > 1
        OR (SELECT sum("amount") FROM "LedgerEntry" WHERE "transactionId" = NEW."transactionId") <> -NEW."amount"
    THEN
        RAISE EXCEPTION 'A transaction has two entries that sum to zero.';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER "LedgerEntry_sums_to_zero" BEFORE INSERT ON "LedgerEntry"
    FOR EACH ROW EXECUTE FUNCTION "sum_to_zero"();
