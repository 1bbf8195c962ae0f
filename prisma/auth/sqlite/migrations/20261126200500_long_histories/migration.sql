-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_UsageMonth" (
    "tenantId" TEXT NOT NULL,
    "month" INTEGER NOT NULL,
    "requests" BIGINT NOT NULL,
    "told" INTEGER NOT NULL DEFAULT 0,

    PRIMARY KEY ("tenantId", "month")
);
INSERT INTO "new_UsageMonth" ("month", "requests", "tenantId", "told") SELECT "month", "requests", "tenantId", "told" FROM "UsageMonth";
DROP TABLE "UsageMonth";
ALTER TABLE "new_UsageMonth" RENAME TO "UsageMonth";
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;

-- DropIndex
DROP INDEX "LedgerTransaction_tenantId_environment_at_idx";

-- CreateIndex
CREATE INDEX "LedgerTransaction_tenantId_environment_at_sequence_idx" ON "LedgerTransaction"("tenantId", "environment", "at", "sequence");

-- CreateIndex
CREATE INDEX "LedgerTransaction_tenantId_environment_type_sequence_idx" ON "LedgerTransaction"("tenantId", "environment", "type", "sequence");
