-- CreateTable
CREATE TABLE "Account" (
    "tenantId" TEXT NOT NULL,
    "environment" TEXT NOT NULL,
    "available" BIGINT NOT NULL DEFAULT 0,
    "reserved" BIGINT NOT NULL DEFAULT 0,
    "sequence" INTEGER NOT NULL DEFAULT 0,
    "alertBelow" INTEGER,
    "alerted" BOOLEAN NOT NULL DEFAULT false,

    PRIMARY KEY ("tenantId", "environment"),
    CONSTRAINT "Account_never_below_zero" CHECK ("available" >= 0 AND "reserved" >= 0),
    CONSTRAINT "Account_tenantId_fkey" FOREIGN KEY ("tenantId") REFERENCES "Tenant" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "LedgerTransaction" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "tenantId" TEXT NOT NULL,
    "environment" TEXT NOT NULL,
    "sequence" INTEGER NOT NULL,
    "type" TEXT NOT NULL,
    "sourceId" TEXT NOT NULL,
    "amount" INTEGER NOT NULL,
    "available" BIGINT NOT NULL,
    "reserved" BIGINT NOT NULL,
    "at" DATETIME NOT NULL,
    CONSTRAINT "LedgerTransaction_moves_money" CHECK ("amount" > 0 AND "available" >= 0 AND "reserved" >= 0),
    CONSTRAINT "LedgerTransaction_tenantId_environment_fkey" FOREIGN KEY ("tenantId", "environment") REFERENCES "Account" ("tenantId", "environment") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "LedgerEntry" (
    "transactionId" TEXT NOT NULL,
    "account" TEXT NOT NULL,
    "amount" INTEGER NOT NULL,

    PRIMARY KEY ("transactionId", "account"),
    CONSTRAINT "LedgerEntry_transactionId_fkey" FOREIGN KEY ("transactionId") REFERENCES "LedgerTransaction" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Reservation" (
    "runId" TEXT NOT NULL PRIMARY KEY,
    "tenantId" TEXT NOT NULL,
    "environment" TEXT NOT NULL,
    "amount" INTEGER NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'open',
    "until" DATETIME NOT NULL,
    "createdAt" DATETIME NOT NULL,
    CONSTRAINT "Reservation_state_known" CHECK ("amount" >= 0 AND "state" IN ('open', 'settled', 'released')),
    CONSTRAINT "Reservation_tenantId_environment_fkey" FOREIGN KEY ("tenantId", "environment") REFERENCES "Account" ("tenantId", "environment") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "PaymentMethod" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "tenantId" TEXT NOT NULL,
    "environment" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    CONSTRAINT "PaymentMethod_tenantId_fkey" FOREIGN KEY ("tenantId") REFERENCES "Tenant" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "TopUp" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "tenantId" TEXT NOT NULL,
    "environment" TEXT NOT NULL,
    "amount" INTEGER NOT NULL,
    "paymentMethodId" TEXT NOT NULL,
    "methodLabel" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'pending',
    "createdAt" DATETIME NOT NULL,
    "decidedAt" DATETIME,
    CONSTRAINT "TopUp_status_known" CHECK ("amount" > 0 AND "status" IN ('pending', 'succeeded', 'declined')),
    CONSTRAINT "TopUp_tenantId_fkey" FOREIGN KEY ("tenantId") REFERENCES "Tenant" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "LedgerTransaction_tenantId_environment_at_idx" ON "LedgerTransaction"("tenantId", "environment", "at");

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

-- The ledger only grows: no row is ever changed, deleted, or replaced by another of the same id.
CREATE TRIGGER "LedgerTransaction_is_never_changed" BEFORE UPDATE ON "LedgerTransaction"
BEGIN
    SELECT RAISE(ABORT, 'The ledger only grows.');
END;
CREATE TRIGGER "LedgerTransaction_is_never_deleted" BEFORE DELETE ON "LedgerTransaction"
BEGIN
    SELECT RAISE(ABORT, 'The ledger only grows.');
END;
CREATE TRIGGER "LedgerTransaction_is_never_replaced" BEFORE INSERT ON "LedgerTransaction"
WHEN EXISTS (SELECT 1 FROM "LedgerTransaction" WHERE "id" = NEW."id" OR ("sourceId" = NEW."sourceId" AND "type" = NEW."type")
    OR ("tenantId" = NEW."tenantId" AND "environment" = NEW."environment" AND "sequence" = NEW."sequence"))
BEGIN
    SELECT RAISE(ABORT, 'The ledger only grows.');
END;
CREATE TRIGGER "LedgerEntry_is_never_changed" BEFORE UPDATE ON "LedgerEntry"
BEGIN
    SELECT RAISE(ABORT, 'The ledger only grows.');
END;
CREATE TRIGGER "LedgerEntry_is_never_deleted" BEFORE DELETE ON "LedgerEntry"
BEGIN
    SELECT RAISE(ABORT, 'The ledger only grows.');
END;
CREATE TRIGGER "LedgerEntry_is_never_replaced" BEFORE INSERT ON "LedgerEntry"
WHEN EXISTS (SELECT 1 FROM "LedgerEntry" WHERE "transactionId" = NEW."transactionId" AND "account" = NEW."account")
BEGIN
    SELECT RAISE(ABORT, 'The ledger only grows.');
END;

-- A transaction has two entries, and they sum to zero.
CREATE TRIGGER "LedgerEntry_sums_to_zero" BEFORE INSERT ON "LedgerEntry"
WHEN (SELECT count(*) FROM "LedgerEntry" WHERE "transactionId" = NEW."transactionId") > 1
    OR (SELECT sum("amount") FROM "LedgerEntry" WHERE "transactionId" = NEW."transactionId") <> -NEW."amount"
BEGIN
    SELECT RAISE(ABORT, 'A transaction has two entries that sum to zero.');
END;
