-- DropIndex
DROP INDEX "SkillRun_startedAt_idx";
