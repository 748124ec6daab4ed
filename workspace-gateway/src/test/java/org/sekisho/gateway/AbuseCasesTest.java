package org.sekisho.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/** Every abuse case at the door has a test; the page that lists them is made of the tests themselves. */
class AbuseCasesTest {
    private static final Pattern NUMBERED = Pattern.compile("case(\\d+).*");
    private static final List<String> CASES = List.of(
            "A token with alg none, in every spelling",
            "A token under HS256 with the public key of RS256",
            "A key id that is a path or SQL",
            "A key that the token brings or points to (jku, x5u, jwk)",
            "A token for or of somebody else; an ID token as an access token",
            "A token that is over, or of the future; a clock that jumped",
            "An ECDSA signature of zeros; a stripped signature",
            "State, nonce or code of a sign-in elsewhere, used again",
            "A lookalike of the address to come back to; an open redirect",
            "A session fixed before the sign-in",
            "A session alive after logout, or after a role or a project is gone",
            "A request from another site; a wrong Origin",
            "A WebSocket from another site",
            "A one-time code, used again in its window",
            "A passkey of another origin or relying party; a counter that goes back",
            "Guessing over users and addresses; a forged X-Forwarded-For",
            "Telling users apart by the time of an answer",
            "64 sign-ins at once, to exhaust the memory",
            "Ids of others in every path",
            "Setting a role or a state by a further member of a body",
            "Method override, HEAD, trailing slash, %2F, ..;",
            "Smuggling by Transfer-Encoding and Content-Length",
            "Slow requests, ten gigabytes, a decompression bomb",
            "A name of an upload with ../, NUL, line ends or turned writing",
            "Script in the name of a file or a project",
            "A stack trace or a secret in an error",
            "A researcher who makes himself a checker",
            "An administrator who reads data without an entry in the log",
            "A way in after it is over; reading by the way in",
            "The same request twice at the same moment");

    private static Map<Integer, Set<String>> covered() {
        var covered = new TreeMap<Integer, Set<String>>();
        for (var type : new ClassFileImporter().importPath(Path.of("target", "test-classes"))) {
            for (var method : type.getMethods()) {
                if (isTest(method)) {
                    numbers(method).forEach(number -> covered.computeIfAbsent(number, none -> new TreeSet<>())
                            .add(type.getSimpleName() + "." + method.getName()));
                }
            }
        }
        return covered;
    }

    private static boolean isTest(JavaMethod method) {
        return method.isAnnotatedWith(Test.class) || method.isAnnotatedWith(ParameterizedTest.class);
    }

    private static Set<Integer> numbers(JavaMethod method) {
        var numbers = new TreeSet<Integer>();
        method.tryGetAnnotationOfType(AbuseCase.class).ifPresent(marked -> {
            for (int number : marked.value()) {
                numbers.add(number);
            }
        });
        var named = NUMBERED.matcher(method.getName());
        if (named.matches()) {
            numbers.add(Integer.parseInt(named.group(1)));
        }
        return numbers;
    }

    private static String page() {
        var covered = covered();
        var page = new StringBuilder(
                "# Abuse cases at the door\n\nMade from the tests, which name the cases they show to come to nothing; a test"
                        + " compares the two.\n\n| | what is tried | tests |\n| --- | --- | --- |\n");
        for (int i = 0; i < CASES.size(); i++) {
            var tests = covered.getOrDefault(i + 1, Set.of()).stream()
                    .map(test -> "`" + test + "`")
                    .collect(Collectors.joining(" "));
            page.append("| %d | %s | %s |\n".formatted(i + 1, CASES.get(i), tests));
        }
        return page.toString();
    }

    @Test
    void everyCaseHasATest() {
        var covered = covered();
        for (int number = 1; number <= CASES.size(); number++) {
            assertThat(covered).as("abuse case " + number).containsKey(number);
        }
    }

    @Test
    void thePageListsThem() throws Exception {
        var file = Path.of("ABUSE.md");
        if (Boolean.getBoolean("sekisho.write")) {
            Files.writeString(file, page());
        }
        assertThat(Files.readString(file)).isEqualTo(page());
    }
}
