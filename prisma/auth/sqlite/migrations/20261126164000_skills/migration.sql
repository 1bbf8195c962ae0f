-- CreateTable
CREATE TABLE "Skill" (
    "tenantId" TEXT NOT NULL,
    "environment" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "inputSchema" TEXT NOT NULL,
    "outputSchema" TEXT NOT NULL,
    "priceAmount" INTEGER NOT NULL,
    "timeoutSeconds" INTEGER NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "secret" TEXT NOT NULL,
    "secretHint" TEXT NOT NULL,
    "previousSecret" TEXT,
    "previousUntil" DATETIME,
    "createdAt" DATETIME NOT NULL,
    "updatedAt" DATETIME NOT NULL,

    PRIMARY KEY ("tenantId", "environment", "id")
);

-- CreateTable
CREATE TABLE "SkillRun" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "tenantId" TEXT NOT NULL,
    "environment" TEXT NOT NULL,
    "skillId" TEXT NOT NULL,
    "skillVersion" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "actorType" TEXT NOT NULL,
    "actorId" TEXT NOT NULL,
    "actorName" TEXT NOT NULL,
    "userId" TEXT,
    "inputBytes" INTEGER NOT NULL,
    "inputHash" TEXT NOT NULL,
    "output" TEXT,
    "outputBytes" INTEGER NOT NULL DEFAULT 0,
    "amount" INTEGER NOT NULL,
    "code" TEXT,
    "reason" TEXT,
    "detail" TEXT,
    "excerpt" TEXT,
    "answerStatus" INTEGER,
    "startedAt" DATETIME NOT NULL,
    "finishedAt" DATETIME,
    "until" DATETIME NOT NULL
);

-- CreateIndex
CREATE INDEX "SkillRun_tenantId_environment_startedAt_idx" ON "SkillRun"("tenantId", "environment", "startedAt");

-- CreateIndex
CREATE INDEX "SkillRun_tenantId_environment_skillId_startedAt_idx" ON "SkillRun"("tenantId", "environment", "skillId", "startedAt");

-- CreateIndex
CREATE INDEX "SkillRun_status_until_idx" ON "SkillRun"("status", "until");

-- CreateIndex
CREATE INDEX "SkillRun_startedAt_idx" ON "SkillRun"("startedAt");

-- The outputs of a place that are kept, newest last, without the runs that keep none.
CREATE INDEX "SkillRun_output_idx" ON "SkillRun"("tenantId", "environment", "startedAt") WHERE "output" IS NOT NULL;
CREATE INDEX "SkillRun_output_startedAt_idx" ON "SkillRun"("startedAt") WHERE "output" IS NOT NULL;
