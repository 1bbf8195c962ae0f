-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_Account" (
    "tenantId" TEXT NOT NULL,
    "environment" TEXT NOT NULL,
    "available" BIGINT NOT NULL DEFAULT 0,
    "reserved" BIGINT NOT NULL DEFAULT 0,
    "sequence" BIGINT NOT NULL DEFAULT 0,
    "alertBelow" INTEGER,
    "alerted" BOOLEAN NOT NULL DEFAULT false,

    PRIMARY KEY ("tenantId", "environment"),
    CONSTRAINT "Account_tenantId_fkey" FOREIGN KEY ("tenantId") REFERENCES "Tenant" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Account_never_below_zero" CHECK ("available" >= 0 AND "reserved" >= 0)
);
INSERT INTO "new_Account" ("alertBelow", "alerted", "available", "environment", "reserved", "sequence", "tenantId") SELECT "alertBelow", "alerted", "available", "environment", "reserved", "sequence", "tenantId" FROM "Account";
DROP TABLE "Account";
ALTER TABLE "new_Account" RENAME TO "Account";
CREATE TABLE "new_LedgerTransaction" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "tenantId" TEXT NOT NULL,
    "environment" TEXT NOT NULL,
    "sequence" BIGINT NOT NULL,
    "type" TEXT NOT NULL,
    "sourceId" TEXT NOT NULL,
    "amount" INTEGER NOT NULL,
    "available" BIGINT NOT NULL,
    "reserved" BIGINT NOT NULL,
    "at" DATETIME NOT NULL,
    CONSTRAINT "LedgerTransaction_tenantId_environment_fkey" FOREIGN KEY ("tenantId", "environment") REFERENCES "Account" ("tenantId", "environment") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "LedgerTransaction_moves_money" CHECK ("amount" > 0 AND "available" >= 0 AND "reserved" >= 0)
);
INSERT INTO "new_LedgerTransaction" ("amount", "at", "available", "environment", "id", "reserved", "sequence", "sourceId", "tenantId", "type") SELECT "amount", "at", "available", "environment", "id", "reserved", "sequence", "sourceId", "tenantId", "type" FROM "LedgerTransaction";
DROP TABLE "LedgerTransaction";
ALTER TABLE "new_LedgerTransaction" RENAME TO "LedgerTransaction";
CREATE INDEX "LedgerTransaction_tenantId_environment_at_sequence_idx" ON "LedgerTransaction"("tenantId", "environment", "at", "sequence");
CREATE INDEX "LedgerTransaction_tenantId_environment_type_sequence_idx" ON "LedgerTransaction"("tenantId", "environment", "type", "sequence");
CREATE UNIQUE INDEX "LedgerTransaction_tenantId_environment_sequence_key" ON "LedgerTransaction"("tenantId", "environment", "sequence");
CREATE UNIQUE INDEX "LedgerTransaction_sourceId_type_key" ON "LedgerTransaction"("sourceId", "type");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;

-- What went with the old "LedgerTransaction".
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
