package org.sekisho.checker.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final KeyPair key = newKey();

    @Test
    void holdsUnderItsKeyAndNoOther() {
        var certificate = Certificate.sign(release(), key.getPrivate(), key.getPublic());

        assertThat(certificate.holds(key.getPublic())).isTrue();
        assertThat(certificate.holds(newKey().getPublic())).isFalse();
    }

    @Test
    void holdsAfterItsBytesWereReadAgainInAnotherOrder() throws Exception {
        var certificate = Certificate.sign(release(), key.getPrivate(), key.getPublic());
        var read = (ObjectNode) JSON.readTree(certificate.bytes());

        assertThat(new Certificate(read).holds(key.getPublic())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"output", "project", "author", "released", "amended", "provision", "kind"})
    void failsWhenAMemberIsChangedOrDropped(String member) {
        var document =
                Certificate.sign(release(), key.getPrivate(), key.getPublic()).document();

        assertThat(new Certificate(document.deepCopy().put(member, "other")).holds(key.getPublic()))
                .isFalse();
        var without = document.deepCopy();
        without.remove(member);
        assertThat(new Certificate(without).holds(key.getPublic())).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"signature\":1}", "{\"signature\":{\"algorithm\":\"none\",\"value\":\"\"}}"})
    void malformedDocumentsDoNotHold(String text) throws Exception {
        assertThat(new Certificate((ObjectNode) JSON.readTree(text)).holds(key.getPublic()))
                .isFalse();
    }

    /** The sample of RFC 8785, section 3.2.3 (sorting) and the strings of section 3.2.2, without its fractions. */
    @Test
    void writesCanonicalJson() throws Exception {
        var sorted = JSON.readTree("""
                {"\\u20ac":"Euro Sign","\\r":"Carriage Return","\\ufb33":"Hebrew Letter Dalet With Dagesh",
                 "1":"One","\\ud83d\\ude00":"Emoji: Grinning Face","\\u0080":"Control","\\u00f6":"Latin Small Letter O"}""");
        assertThat(new String(CanonicalJson.bytes(sorted), StandardCharsets.UTF_8))
                .isEqualTo("{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\",\"\u00f6\":"
                        + "\"Latin Small Letter O\",\"\u20ac\":\"Euro Sign\",\"\ud83d\ude00\":\"Emoji: Grinning Face\","
                        + "\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}");
        var literals = JSON.readTree("{ \"s\":\"\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\\"\\/\",\n"
                + " \"literals\":[null, true, false], \"n\":[0,-0,12], \"e\":{}, \"a\":[] }");
        assertThat(new String(CanonicalJson.bytes(literals), StandardCharsets.UTF_8))
                .isEqualTo("{\"a\":[],\"e\":{},\"literals\":[null,true,false],\"n\":[0,0,12],"
                        + "\"s\":\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.5", "9007199254740993", "1e400", "123456789012345678901234567890"})
    void refusesNumbersWithoutOneExactSpelling(String number) throws Exception {
        var value = JSON.readTree("{\"n\":" + number + "}");
        assertThatThrownBy(() -> CanonicalJson.bytes(value)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Release release() {
        var file = new Release.File("result.csv", "text/csv", 12, "ab", true, "ab");
        return new Release(
                "o1",
                "stroke-care",
                1,
                "analyst",
                "j1",
                "2026-11-20T10:00:00Z",
                List.of(file),
                "12",
                true,
                new Release.Rules("ndb@2024-11", "amendable", List.of("minimum-count")),
                new Release.Suppression(2, 0, "9"),
                List.of(new Release.Reviewer("checker", "release-amended", "2026-11-20T10:00:00Z")),
                "p1",
                List.of("life@1"),
                "cd",
                null,
                "ef",
                new Release.LogPlace(7, "sekisho\n8\nhash\n"));
    }

    private static KeyPair newKey() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
