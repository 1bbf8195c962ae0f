-- AlterTable
ALTER TABLE "OAuthClient" ADD COLUMN "optionalScopes" TEXT NOT NULL DEFAULT '';

-- AlterTable
ALTER TABLE "OAuthConsent" ADD COLUMN "lastUsedAt" DATETIME;
