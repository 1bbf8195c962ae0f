-- AlterTable
ALTER TABLE "Ceremony" ADD COLUMN "allowedBy" TEXT;
ALTER TABLE "Ceremony" ADD COLUMN "purpose" TEXT;

-- AlterTable
ALTER TABLE "OAuthRecord" ADD COLUMN "passkeyId" TEXT;

-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_ConsoleSession" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "hash" TEXT NOT NULL,
    "memberId" TEXT NOT NULL,
    "passkeyId" TEXT NOT NULL,
    "confirmedAt" DATETIME,
    "confirmedBy" TEXT,
    "confirmedFor" TEXT,
    "address" TEXT,
    "userAgent" TEXT,
    "lastSeenAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" DATETIME NOT NULL,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "ConsoleSession_memberId_fkey" FOREIGN KEY ("memberId") REFERENCES "Member" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
-- Of a member with one passkey it is known which one began a session; the others sign in again.
INSERT INTO "new_ConsoleSession" ("address", "createdAt", "expiresAt", "hash", "id", "lastSeenAt", "memberId", "userAgent", "passkeyId")
    SELECT s."address", s."createdAt", s."expiresAt", s."hash", s."id", s."lastSeenAt", s."memberId", s."userAgent", min(p."id")
    FROM "ConsoleSession" s JOIN "Member" m ON m."id" = s."memberId" JOIN "Passkey" p ON p."userId" = m."userId"
    GROUP BY s."address", s."createdAt", s."expiresAt", s."hash", s."id", s."lastSeenAt", s."memberId", s."userAgent"
    HAVING count(*) = 1;
DROP TABLE "ConsoleSession";
ALTER TABLE "new_ConsoleSession" RENAME TO "ConsoleSession";
CREATE UNIQUE INDEX "ConsoleSession_hash_key" ON "ConsoleSession"("hash");
CREATE INDEX "ConsoleSession_memberId_idx" ON "ConsoleSession"("memberId");
CREATE INDEX "ConsoleSession_passkeyId_idx" ON "ConsoleSession"("passkeyId");
CREATE INDEX "ConsoleSession_expiresAt_idx" ON "ConsoleSession"("expiresAt");
CREATE TABLE "new_OAuthConsent" (
    "userId" TEXT NOT NULL,
    "clientId" TEXT NOT NULL,
    "resource" TEXT NOT NULL,
    "scopes" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" DATETIME NOT NULL,

    PRIMARY KEY ("userId", "clientId", "resource")
);
-- At which resource a scope was allowed is not known: who the user is stays allowed, and for the rest they are asked once more.
INSERT INTO "new_OAuthConsent" ("clientId", "createdAt", "scopes", "updatedAt", "userId", "resource") SELECT "clientId", "createdAt", "scopes", "updatedAt", "userId", '' FROM "OAuthConsent";
DROP TABLE "OAuthConsent";
ALTER TABLE "new_OAuthConsent" RENAME TO "OAuthConsent";
CREATE INDEX "OAuthConsent_clientId_idx" ON "OAuthConsent"("clientId");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;

-- CreateIndex
CREATE INDEX "OAuthRecord_passkeyId_idx" ON "OAuthRecord"("passkeyId") WHERE "passkeyId" IS NOT NULL;

-- Of a user with one passkey it is known which one signed in; of the others, what was opened ends here.
UPDATE "OAuthRecord" SET "passkeyId" = (SELECT min("id") FROM "Passkey" WHERE "Passkey"."userId" = "OAuthRecord"."userId")
    WHERE "kind" IN ('Session', 'Grant')
    AND (SELECT count(*) FROM "Passkey" WHERE "Passkey"."userId" = "OAuthRecord"."userId") = 1;
DELETE FROM "OAuthRecord" WHERE "grantId" IN
    (SELECT "id" FROM "OAuthRecord" WHERE "kind" = 'Grant' AND "passkeyId" IS NULL);
DELETE FROM "OAuthRecord" WHERE "kind" IN ('Session', 'Grant') AND "userId" IS NOT NULL AND "passkeyId" IS NULL;
DELETE FROM "OAuthRecord" WHERE "kind" = 'Interaction';
