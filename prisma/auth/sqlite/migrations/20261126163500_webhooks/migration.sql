-- CreateTable
CREATE TABLE "UsageMonth" (
    "tenantId" TEXT NOT NULL,
    "month" INTEGER NOT NULL,
    "requests" INTEGER NOT NULL,
    "told" INTEGER NOT NULL DEFAULT 0,

    PRIMARY KEY ("tenantId", "month")
);

-- CreateTable
CREATE TABLE "WebhookEndpoint" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "tenantId" TEXT NOT NULL,
    "environment" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "events" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "enabled" BOOLEAN NOT NULL,
    "disabledReason" TEXT,
    "disabledAt" DATETIME,
    "failingSince" DATETIME,
    "secret" TEXT NOT NULL,
    "secretHint" TEXT NOT NULL,
    "previousSecret" TEXT,
    "previousUntil" DATETIME,
    "publicKey" TEXT NOT NULL,
    "privateKey" TEXT NOT NULL,
    "createdBy" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "WebhookEvent" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "tenantId" TEXT NOT NULL,
    "environment" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "payload" TEXT NOT NULL,
    "test" BOOLEAN NOT NULL DEFAULT false,
    "createdAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "WebhookDelivery" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "eventId" TEXT NOT NULL,
    "endpointId" TEXT NOT NULL,
    "tenantId" TEXT NOT NULL,
    "environment" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "scheduledAt" DATETIME NOT NULL,
    "scheduled" INTEGER NOT NULL DEFAULT 0,
    "dueAt" DATETIME,
    "lease" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "lastAttemptAt" DATETIME,
    "lastStatus" INTEGER,
    "lastFailure" TEXT,
    "lastMilliseconds" INTEGER,
    "createdAt" DATETIME NOT NULL,
    CONSTRAINT "WebhookDelivery_eventId_fkey" FOREIGN KEY ("eventId") REFERENCES "WebhookEvent" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "WebhookAttempt" (
    "deliveryId" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "at" DATETIME NOT NULL,
    "milliseconds" INTEGER NOT NULL,
    "status" INTEGER,
    "failure" TEXT,
    "words" TEXT,
    "requestHeaders" TEXT NOT NULL,
    "answer" TEXT NOT NULL,
    "answerTruncated" BOOLEAN NOT NULL,

    PRIMARY KEY ("deliveryId", "number"),
    CONSTRAINT "WebhookAttempt_deliveryId_fkey" FOREIGN KEY ("deliveryId") REFERENCES "WebhookDelivery" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "WebhookEndpoint_tenantId_environment_createdAt_idx" ON "WebhookEndpoint"("tenantId", "environment", "createdAt");

-- CreateIndex
CREATE INDEX "WebhookEvent_createdAt_idx" ON "WebhookEvent"("createdAt");

-- CreateIndex
CREATE INDEX "WebhookDelivery_eventId_idx" ON "WebhookDelivery"("eventId");

-- CreateIndex
CREATE INDEX "WebhookDelivery_endpointId_createdAt_id_idx" ON "WebhookDelivery"("endpointId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "WebhookDelivery_lease_idx" ON "WebhookDelivery"("lease");


-- Of what is due some time, and nothing else.
CREATE INDEX "WebhookDelivery_due_idx" ON "WebhookDelivery"("dueAt") WHERE "dueAt" IS NOT NULL;
CREATE INDEX "WebhookDelivery_due_at_endpoint_idx" ON "WebhookDelivery"("endpointId", "dueAt") WHERE "dueAt" IS NOT NULL;

-- Attempts only grow, and go with their delivery.
CREATE TRIGGER "WebhookAttempt_is_never_changed" BEFORE UPDATE ON "WebhookAttempt"
BEGIN
    SELECT RAISE(ABORT, 'An attempt never changes.');
END;
CREATE TRIGGER "WebhookAttempt_is_never_deleted" BEFORE DELETE ON "WebhookAttempt"
WHEN EXISTS (SELECT 1 FROM "WebhookDelivery" WHERE "id" = OLD."deliveryId")
BEGIN
    SELECT RAISE(ABORT, 'An attempt never changes.');
END;
CREATE TRIGGER "WebhookAttempt_is_never_replaced" BEFORE INSERT ON "WebhookAttempt"
WHEN EXISTS (SELECT 1 FROM "WebhookAttempt" WHERE "deliveryId" = NEW."deliveryId" AND "number" = NEW."number")
BEGIN
    SELECT RAISE(ABORT, 'An attempt never changes.');
END;
