package org.sekisho.gateway.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sekisho.gateway.identity.Passkeys;
import org.sekisho.gateway.identity.RelyingParty;
import org.sekisho.gateway.identity.User;

/** The JSON forms of Web Authentication, as {@code PublicKeyCredential.parse…FromJSON} of browsers reads them. */
final class PasskeyForms {
    private static final int PATIENCE_MILLIS = 300_000;
    private static final int LONGEST = 16_384;

    private PasskeyForms() {}

    /** The Host header has been found to be a name of ours before. */
    static RelyingParty party(Call call, boolean secure) {
        return RelyingParty.at(secure, call.header("host").orElse(""))
                .orElseThrow(() -> new Refusal(
                        Reason.NO_PASSKEYS,
                        "パスキーには名前のアドレスが必要です。127.0.0.1 ではなく localhost で開いてください",
                        "passkeys need an address with a name: open localhost instead of 127.0.0.1"));
    }

    /** @param known whose answer is awaited; empty when the person may be anybody */
    static Object question(RelyingParty party, String challenge, List<Passkeys.Named> known) {
        return Fields.of("challenge", challenge)
                .and("rpId", party.id())
                .and("timeout", PATIENCE_MILLIS)
                .and("userVerification", "required")
                .and("allowCredentials", credentials(known));
    }

    static Object creation(RelyingParty party, String challenge, User user, List<Passkeys.Named> known) {
        var handle =
                Base64.getUrlEncoder().withoutPadding().encodeToString(user.id().getBytes(StandardCharsets.UTF_8));
        return Fields.of("challenge", challenge)
                .and("rp", Map.of("id", party.id(), "name", "Sekisho"))
                .and("user", Fields.of("id", handle).and("name", user.name()).and("displayName", user.displayName()))
                .and(
                        "pubKeyCredParams",
                        Passkeys.algorithms().stream()
                                .map(algorithm -> Map.of("type", "public-key", "alg", algorithm))
                                .toList())
                .and("timeout", PATIENCE_MILLIS)
                .and("excludeCredentials", credentials(known))
                .and(
                        "authenticatorSelection",
                        Map.of("residentKey", "required", "requireResidentKey", true, "userVerification", "required"))
                .and("attestation", "none");
    }

    /** What a browser answered, as text; it is judged elsewhere. */
    static String credential(@Nullable JsonNode credential) {
        if (credential == null
                || !credential.isObject()
                || credential.toString().length() > LONGEST) {
            throw Refusal.invalid(
                    "credential にブラウザーの PublicKeyCredential を送ってください",
                    "credential holds the PublicKeyCredential of the browser, as toJSON() gives it");
        }
        return credential.toString();
    }

    private static List<Map<String, String>> credentials(List<Passkeys.Named> passkeys) {
        return passkeys.stream()
                .map(passkey -> Map.of("type", "public-key", "id", passkey.id()))
                .toList();
    }
}
