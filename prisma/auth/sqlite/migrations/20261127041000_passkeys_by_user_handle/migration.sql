-- CreateIndex
CREATE INDEX "Passkey_userHandle_idx" ON "Passkey"("userHandle", "credentialId") WHERE "userHandle" IS NOT NULL;
