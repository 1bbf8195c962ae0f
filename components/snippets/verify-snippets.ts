/** The languages that services verify tokens in. */
export const services = ['Node', 'Python', 'Go', 'Java'] as const
export type Service = (typeof services)[number]

interface Issued {
  token: string
  issuer: string
  audience: string
}

/**
 * A program that verifies a user’s token as a service does that takes it: the signature against the server’s published
 * keys, by ES256 alone, the type, which tells it from an approval, the issuer, the audience, the expiry.
 */
export function verifiedIn(service: Service, issued: Issued): string {
  return programs[service](issued).join('\n')
}

// None of these texts has a quote or a backslash in it: an issuer is an origin, an audience a name, a token base64url.
const programs: Readonly<Record<Service, (issued: Issued) => string[]>> = {
  Node: ({ token, issuer, audience }) => [
    '// npm install jose',
    "import { createRemoteJWKSet, jwtVerify } from 'jose'",
    '',
    `const token = '${token}'`,
    `const issuer = '${issuer}'`,
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the snippet’s own
    'const keys = createRemoteJWKSet(new URL(`${issuer}/.well-known/jwks.json`))',
    'const { payload } = await jwtVerify(token, keys, {',
    '  issuer,',
    `  audience: '${audience}',`,
    "  algorithms: ['ES256'],",
    "  typ: 'JWT',",
    "  requiredClaims: ['exp', 'sub', 'providerTenantId'],",
    '})',
    'console.log(payload.sub, payload.providerTenantId)',
  ],
  Python: ({ token, issuer, audience }) => [
    '# pip install "pyjwt[crypto]"',
    'import jwt',
    '',
    `token = "${token}"`,
    `issuer = "${issuer}"`,
    'keys = jwt.PyJWKClient(f"{issuer}/.well-known/jwks.json")',
    'claims = jwt.decode(',
    '    token,',
    '    keys.get_signing_key_from_jwt(token).key,',
    '    algorithms=["ES256"],',
    '    issuer=issuer,',
    `    audience="${audience}",`,
    '    options={"require": ["exp", "sub", "providerTenantId"]},',
    ')',
    'if jwt.get_unverified_header(token).get("typ") != "JWT":',
    '    raise ValueError("It is no user’s token.")',
    'print(claims["sub"], claims["providerTenantId"])',
  ],
  Go: ({ token, issuer, audience }) => [
    '// As main.go: go mod init verify && go mod tidy && go run .',
    'package main',
    '',
    'import (',
    '\t"fmt"',
    '\t"log"',
    '',
    '\t"github.com/MicahParks/keyfunc/v3"',
    '\t"github.com/golang-jwt/jwt/v5"',
    ')',
    '',
    'func main() {',
    `\traw := "${token}"`,
    `\tissuer := "${issuer}"`,
    '\tkeys, err := keyfunc.NewDefault([]string{issuer + "/.well-known/jwks.json"})',
    '\tif err != nil {',
    '\t\tlog.Fatal(err)',
    '\t}',
    '\tclaims := jwt.MapClaims{}',
    '\ttoken, err := jwt.ParseWithClaims(raw, claims, keys.Keyfunc,',
    '\t\tjwt.WithValidMethods([]string{"ES256"}),',
    '\t\tjwt.WithIssuer(issuer),',
    `\t\tjwt.WithAudience("${audience}"),`,
    '\t\tjwt.WithExpirationRequired(),',
    '\t)',
    '\tif err != nil {',
    '\t\tlog.Fatal(err)',
    '\t}',
    '\tif token.Header["typ"] != "JWT" {',
    '\t\tlog.Fatal("It is no user’s token.")',
    '\t}',
    '\tsubject, _ := claims["sub"].(string)',
    '\ttenant, _ := claims["providerTenantId"].(string)',
    '\tif subject == "" || tenant == "" {',
    '\t\tlog.Fatal("It names no user, or no tenant.")',
    '\t}',
    '\tfmt.Println(subject, tenant)',
    '}',
  ],
  Java: ({ token, issuer, audience }) => [
    '// As Verify.java, with org.bitbucket.b_c:jose4j:0.9.6 and org.slf4j:slf4j-api from Maven',
    'import org.jose4j.jwa.AlgorithmConstraints;',
    'import org.jose4j.jwk.HttpsJwks;',
    'import org.jose4j.jwt.consumer.JwtConsumerBuilder;',
    'import org.jose4j.keys.resolvers.HttpsJwksVerificationKeyResolver;',
    '',
    'class Verify {',
    '    public static void main(String[] args) throws Exception {',
    `        var token = "${token}";`,
    `        var issuer = "${issuer}";`,
    '        var keys = new HttpsJwks(issuer + "/.well-known/jwks.json");',
    '        var claims = new JwtConsumerBuilder()',
    '            .setVerificationKeyResolver(new HttpsJwksVerificationKeyResolver(keys))',
    '            .setJwsAlgorithmConstraints(AlgorithmConstraints.ConstraintType.PERMIT, "ES256")',
    '            .setExpectedType(true, "JWT")',
    '            .setExpectedIssuer(issuer)',
    `            .setExpectedAudience("${audience}")`,
    '            .setRequireExpirationTime()',
    '            .setRequireSubject()',
    '            .build()',
    '            .processToClaims(token);',
    '        var tenant = claims.getStringClaimValue("providerTenantId");',
    '        if (tenant == null) throw new SecurityException("It names no tenant.");',
    '        System.out.println(claims.getSubject() + " " + tenant);',
    '    }',
    '}',
  ],
}
