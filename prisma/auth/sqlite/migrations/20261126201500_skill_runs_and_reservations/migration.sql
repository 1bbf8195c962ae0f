-- What counts and lists runs finds them by an index alone.
-- DropIndex
DROP INDEX "SkillRun_tenantId_environment_skillId_startedAt_idx";

-- CreateIndex
CREATE INDEX "SkillRun_tenantId_environment_skillId_startedAt_status_idx" ON "SkillRun"("tenantId", "environment", "skillId", "startedAt", "status");

-- CreateIndex
CREATE INDEX "SkillRun_tenantId_environment_userId_startedAt_idx" ON "SkillRun"("tenantId", "environment", "userId", "startedAt");

-- CreateIndex
CREATE INDEX "SkillRun_tenantId_environment_status_idx" ON "SkillRun"("tenantId", "environment", "status");

-- CreateIndex
CREATE INDEX "Skill_previousUntil_idx" ON "Skill"("previousUntil");

-- Nothing is held for what costs nothing.
-- RedefineTables
PRAGMA defer_foreign_keys=ON;
CREATE TABLE "new_Reservation" (
    "runId" TEXT NOT NULL PRIMARY KEY,
    "tenantId" TEXT NOT NULL,
    "environment" TEXT NOT NULL,
    "amount" INTEGER NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'open',
    "until" DATETIME NOT NULL,
    "createdAt" DATETIME NOT NULL,
    CONSTRAINT "Reservation_state_known" CHECK ("amount" > 0 AND "state" IN ('open', 'settled', 'released')),
    CONSTRAINT "Reservation_tenantId_environment_fkey" FOREIGN KEY ("tenantId", "environment") REFERENCES "Account" ("tenantId", "environment") ON DELETE RESTRICT ON UPDATE CASCADE
);
INSERT INTO "new_Reservation" ("runId", "tenantId", "environment", "amount", "state", "until", "createdAt") SELECT "runId", "tenantId", "environment", "amount", "state", "until", "createdAt" FROM "Reservation" WHERE "amount" > 0;
DROP TABLE "Reservation";
ALTER TABLE "new_Reservation" RENAME TO "Reservation";
CREATE INDEX "Reservation_state_until_idx" ON "Reservation"("state", "until");
CREATE INDEX "Reservation_tenantId_environment_state_until_idx" ON "Reservation"("tenantId", "environment", "state", "until");
