const windowsHello = 'Windows Hello'
const yubiKey5 = 'YubiKey 5 Series'
const yubiKey5Nfc = 'YubiKey 5 Series with NFC'
const yubiKey5Lightning = 'YubiKey 5 Series with Lightning'
const yubiKeyBio = 'YubiKey Bio Series'
const yubiKeyBioMulti = 'YubiKey Bio Series, Multi-protocol Edition'
const securityKeyNfc = 'Security Key NFC by Yubico'

const providers: ReadonlyMap<string, string> = new Map([
  ['ea9b8d66-4d01-1d21-3ce4-b6b48cb575d4', 'Google Password Manager'],
  ['fbfc3007-154e-4ecc-8c0b-6e020557d7bd', 'iCloud Keychain'],
  ['dd4ec289-e01d-41c9-bb89-70fa845d4bf2', 'iCloud Keychain (Managed)'],
  ['08987058-cadc-4b81-b6e1-30de50dcbe96', windowsHello],
  ['6028b017-b1d4-4c02-b4b3-afcdafc96bb2', windowsHello],
  ['9ddd1817-af5a-4672-a2b9-3e3dd95000a9', windowsHello],
  ['adce0002-35bc-c60a-648b-0b25f1f05503', 'Chrome on Mac'],
  ['771b48fd-d3d4-4f74-9232-fc157ab0507a', 'Edge on Mac'],
  ['b5397666-4885-aa6b-cebf-e52262a439a2', 'Chromium browser'],
  ['01020304-0506-0708-0102-030405060708', 'Chromium virtual authenticator'],
  ['53414d53-554e-4700-0000-000000000000', 'Samsung Pass'],
  ['bada5566-a7aa-401f-bd96-45619a55120d', '1Password'],
  ['d548826e-79b4-db40-a3d8-11116f7e8349', 'Bitwarden'],
  ['531126d6-e717-415c-9320-3d9aa6981239', 'Dashlane'],
  ['f3809540-7f14-49c1-a8b3-8f813b225541', 'Enpass'],
  ['39a5647e-1853-446c-a1f6-a79bae9f5bc7', 'IDmelon'],
  ['fdb141b2-5d84-443e-8a35-4698c205a502', 'KeePassXC'],
  ['0ea242b4-43c4-4a1b-8b17-dd6d0b6baec6', 'Keeper'],
  ['b78a0a55-6ef8-d246-a042-ba0f6d55050c', 'LastPass'],
  ['b84e4048-15dc-4dd0-8640-f4f60813c8af', 'NordPass'],
  ['50726f74-6f6e-5061-7373-50726f746f6e', 'Proton Pass'],
  ['66a0ccb3-bd6a-191f-ee06-e375c50b9846', 'Thales Bio iOS SDK'],
  ['8836336a-f590-0921-301d-46427531eee6', 'Thales Bio Android SDK'],
  ['17290f1e-c212-34d0-1423-365d729f09d9', 'Thales PIN iOS SDK'],
  ['cd69adb5-3c7a-deb9-3177-6800ea6cb72a', 'Thales PIN Android SDK'],
  ['90a3ccdf-635c-4729-a248-9b709135078f', 'Microsoft Authenticator for iOS'],
  ['de1e552d-db1d-4423-a619-566b625cdc84', 'Microsoft Authenticator for Android'],
  ['42b4fb4a-2866-43b2-9bf7-6c6669c2e5d3', 'Google Titan Security Key v2'],
  ['cb69481e-8ff7-4039-93ec-0a2729a154a8', yubiKey5],
  ['ee882879-721c-4913-9775-3dfcce97072a', yubiKey5],
  ['19083c3d-8383-4b18-bc03-8f1c9ab2fd1b', yubiKey5],
  ['ff4dac45-ede8-4ec2-aced-cf66103f4335', yubiKey5],
  ['fa2b99dc-9e39-4257-8f92-4a30d23c4118', yubiKey5Nfc],
  ['2fc0579f-8113-47ea-b116-bb5a8db9202a', yubiKey5Nfc],
  ['a25342c0-3cdc-4414-8e46-f4807fca511c', yubiKey5Nfc],
  ['d7781e5d-e353-46aa-afe2-3ca49f13332a', yubiKey5Nfc],
  ['c5ef55ff-ad9a-4b9f-b580-adebafe026d0', yubiKey5Lightning],
  ['a02167b9-ae71-4ac7-9a07-06432ebb6f1c', yubiKey5Lightning],
  ['24673149-6c86-42e7-98d9-433fb5b73296', yubiKey5Lightning],
  ['73bb0cd4-e502-49b8-9c6f-b59445bf720b', 'YubiKey 5 FIPS Series'],
  ['c1f9a0bc-1dd2-404a-b27f-8e29047a43fd', 'YubiKey 5 FIPS Series with NFC'],
  ['85203421-48f9-4355-9bc8-8a53846e5083', 'YubiKey 5 FIPS Series with Lightning'],
  ['d8522d9f-575b-4866-88a9-ba99fa02f35b', yubiKeyBio],
  ['dd86a2da-86a0-4cbe-b462-4bd31f57bc6f', yubiKeyBio],
  ['7409272d-1ff9-4e10-9fc9-ac0019c124fd', yubiKeyBio],
  ['7d1351a6-e097-4852-b8bf-c9ac5c9ce4a3', yubiKeyBioMulti],
  ['90636e1f-ef82-43bf-bdcf-5255f139d12f', yubiKeyBioMulti],
  ['34744913-4f57-4e6e-a527-e9ec3c4b94e6', yubiKeyBioMulti],
  ['f8a011f3-8c0a-4d15-8006-17111f9edc7d', 'Security Key by Yubico'],
  ['b92c3f9a-c014-4056-887f-140a2501163b', 'Security Key by Yubico'],
  ['6d44ba9b-f6ec-2e49-b930-0c8fe920cb73', securityKeyNfc],
  ['149a2021-8ef6-4133-96b8-81f8d5b7f1f5', securityKeyNfc],
  ['a4e9fc6d-4cbe-4758-b8ba-37598bb5bbaa', securityKeyNfc],
])

/**
 * The name that people know a passkey's maker by, or null when it is not in the list or was not told (all zeros).
 *
 * For display only: without a verified attestation an AAGUID is the authenticator's own word.
 *
 * @see https://github.com/passkeydeveloper/passkey-authenticator-aaguids
 */
export function providerOf(aaguid: string): string | null {
  return providers.get(aaguid.toLowerCase()) ?? null
}
