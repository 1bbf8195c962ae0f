-- Ids are made by the code: no sequence of one database has to be asked. Those that are kept sort before all new ones, as they did.

-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_AuditEvent" (
    "id" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    "tenantId" TEXT NOT NULL,
    "environment" TEXT,
    "action" TEXT NOT NULL,
    "actorType" TEXT NOT NULL,
    "actorId" TEXT NOT NULL,
    "actorName" TEXT NOT NULL,
    "address" TEXT,
    "requestId" TEXT,
    "targetId" TEXT NOT NULL,
    "targetName" TEXT NOT NULL,
    "before" TEXT,
    "after" TEXT,
    "userId" TEXT,
    "username" TEXT,

    PRIMARY KEY ("tenantId", "id")
);
INSERT INTO "new_AuditEvent" ("action", "actorId", "actorName", "actorType", "address", "after", "at", "before", "environment", "id", "requestId", "targetId", "targetName", "tenantId", "userId", "username") SELECT "action", "actorId", "actorName", "actorType", "address", "after", "at", "before", "environment", printf('%024d', "id"), "requestId", "targetId", "targetName", "tenantId", "userId", "username" FROM "AuditEvent" ORDER BY "id";
DROP TABLE "AuditEvent";
ALTER TABLE "new_AuditEvent" RENAME TO "AuditEvent";
CREATE TABLE "new_LogLot" (
    "id" TEXT NOT NULL,
    "tenantId" TEXT NOT NULL,
    "environment" TEXT NOT NULL,
    "at" BIGINT NOT NULL,
    "began" BIGINT NOT NULL,
    "requests" INTEGER NOT NULL,
    "refused" INTEGER NOT NULL,
    "rows" TEXT NOT NULL,

    PRIMARY KEY ("tenantId", "environment", "at", "id")
);
INSERT INTO "new_LogLot" ("at", "began", "environment", "id", "refused", "requests", "rows", "tenantId") SELECT "at", "began", "environment", printf('%024d', "id"), "refused", "requests", "rows", "tenantId" FROM "LogLot" ORDER BY "id";
DROP TABLE "LogLot";
ALTER TABLE "new_LogLot" RENAME TO "LogLot";
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;

-- What went with the old "AuditEvent".
CREATE INDEX "AuditEvent_but_sign_ins_idx" ON "AuditEvent"("tenantId", "id")
WHERE "action" <> 'user.signed_in' AND "action" <> 'user.sign_in_refused';
CREATE INDEX "AuditEvent_user_idx" ON "AuditEvent"("tenantId", "userId", "id") WHERE "userId" IS NOT NULL;
CREATE TRIGGER "AuditEvent_is_never_changed" BEFORE UPDATE ON "AuditEvent"
BEGIN
    SELECT RAISE(ABORT, 'The audit log only grows.');
END;
CREATE TRIGGER "AuditEvent_is_never_deleted" BEFORE DELETE ON "AuditEvent"
BEGIN
    SELECT RAISE(ABORT, 'The audit log only grows.');
END;
CREATE TRIGGER "AuditEvent_is_never_replaced" BEFORE INSERT ON "AuditEvent"
WHEN EXISTS (SELECT 1 FROM "AuditEvent" WHERE "tenantId" = NEW."tenantId" AND "id" = NEW."id")
BEGIN
    SELECT RAISE(ABORT, 'The audit log only grows.');
END;
