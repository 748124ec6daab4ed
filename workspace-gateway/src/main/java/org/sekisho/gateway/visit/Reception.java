package org.sekisho.gateway.visit;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.sekisho.engine.vault.Vault;
import org.sekisho.engine.worker.Cancellation;
import org.sekisho.gateway.access.Operation;
import org.sekisho.gateway.airlock.Judgements;
import org.sekisho.gateway.airlock.Output;
import org.sekisho.gateway.airlock.Outputs;
import org.sekisho.gateway.airlock.Outputs.Wanted;
import org.sekisho.gateway.airlock.Told;
import org.sekisho.gateway.audit.LogUnavailable;
import org.sekisho.gateway.catalogue.GrantedTables;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers what comes out of a sandbox. Blocks; knows nothing of sockets. */
final class Reception {
    static final String ARROW = "application/vnd.apache.arrow.stream";
    private static final Logger LOG = LoggerFactory.getLogger(Reception.class);
    private static final int LONGEST_SQL = 100_000;
    private static final int LONGEST_CONTEXT = 4_000;
    private static final int MOST_OUTPUTS = 100;
    private static final Pattern UNSEEN =
            Pattern.compile("[\\p{Cc}\\p{Cs}\\u061C\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069&&[^\\t\\n\\r]]");
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
            .build();

    private final Threshold threshold;
    private final Statements statements;
    private final Submitting submitting;
    private final Preflight preflight;
    private final Outputs outputs;
    private final Judgements judgements;
    private final Vault vault;

    Reception(
            Threshold threshold,
            Statements statements,
            Submitting submitting,
            Preflight preflight,
            Outputs outputs,
            Judgements judgements,
            Vault vault) {
        this.threshold = threshold;
        this.statements = statements;
        this.submitting = submitting;
        this.preflight = preflight;
        this.outputs = outputs;
        this.judgements = judgements;
        this.vault = vault;
    }

    /** What a visitor sent. */
    record Asked(String method, String path, Buffer body, boolean japanese) {}

    /** What is sent back. */
    sealed interface Answer {
        record Json(int status, String type, Buffer body) implements Answer {}

        /** To be closed by whoever sends it. */
        record Arrow(FileChannel stream) implements Answer {}
    }

    Answer answer(Visit visit, Asked asked, Cancellation cancellation) {
        try {
            return switch (asked.method() + " " + asked.path()) {
                case "GET /about" -> json(200, about(visit));
                case "GET /tables" -> json(200, Map.of("items", tables(visit)));
                case "POST /sql" -> new Answer.Arrow(statements.run(visit, sql(asked), cancellation));
                case "GET /outputs" -> json(200, Map.of("items", outputs(visit)));
                case "POST /outputs" -> json(201, submit(visit, asked));
                case "POST /preflight" -> json(200, preflight(visit, asked));
                default -> throw new Denied(new Problem(404, "not-found", "見つかりません", "there is nothing here"));
            };
        } catch (Denied denied) {
            return problem(denied.problem(), asked.japanese());
        } catch (LogUnavailable unavailable) {
            LOG.error("the audit log is unavailable", unavailable);
            return problem(
                    new Problem(
                            503,
                            "log-unavailable",
                            "監査ログに記録できないため、操作を行いません",
                            "the audit log takes no entries, so nothing is done"),
                    asked.japanese());
        } catch (RuntimeException unexpected) {
            LOG.error("a request out of {} failed", visit.place(), unexpected);
            return problem(new Problem(500, "internal", "内部の誤りです", "something went wrong here"), asked.japanese());
        }
    }

    static Answer problem(Problem problem, boolean japanese) {
        return new Answer.Json(problem.status(), "application/problem+json", bytes(problem.body(japanese)));
    }

    private static Answer json(int status, Object body) {
        return new Answer.Json(status, "application/json", bytes(body));
    }

    private static Buffer bytes(Object body) {
        try {
            return Buffer.buffer(MAPPER.writeValueAsBytes(body));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private Map<String, Object> about(Visit visit) {
        var permit = threshold.pass(visit, Operation.READ_PERMIT).permit();
        return Map.of(
                "project", permit.project(),
                "title", permit.title(),
                "expires", permit.expires(),
                "clipboard", permit.visiting().clipboardIn());
    }

    private List<GrantedTables.Granted> tables(Visit visit) {
        return GrantedTables.of(
                vault, threshold.pass(visit, Operation.READ_TABLES).permit());
    }

    private static String sql(Asked asked) {
        var sql = text(asked.body().getBytes());
        if (sql.isBlank() || sql.length() > LONGEST_SQL) {
            throw invalid("SELECT 文を 100,000 文字以内で送ってください", "send a SELECT of at most 100,000 characters");
        }
        return sql;
    }

    private List<Map<String, Object>> outputs(Visit visit) {
        seen(visit);
        var person = threshold.pass(visit, Operation.LIST_OUTPUTS).user();
        return outputs.list(new Wanted(person.id(), null, null, visit.project()), null, MOST_OUTPUTS).items().stream()
                .map(this::own)
                .toList();
    }

    private Map<String, Object> own(Output output) {
        var body = begun(output);
        body.put("title", output.title());
        judgements.of(output).map(Told::of).ifPresent(told -> {
            body.put("verdict", told.verdict());
            body.put("findings", told.findings());
        });
        return body;
    }

    private static Map<String, Object> begun(Output output) {
        var body = new LinkedHashMap<String, Object>();
        body.put("id", output.id());
        body.put("state", output.state().word());
        return body;
    }

    record Files(@Nullable List<String> paths, @Nullable String context) {}

    private Map<String, Object> submit(Visit visit, Asked asked) {
        seen(visit);
        var passed = threshold.pass(visit, Operation.SUBMIT_FILES);
        var given = files(asked);
        var context = given.context() == null ? "" : given.context().strip();
        if (context.length() > LONGEST_CONTEXT || UNSEEN.matcher(context).find()) {
            throw invalid(
                    "context は 4,000 文字以内の文章です", "context has at most 4,000 characters, all of which can be seen");
        }
        var answer =
                submitting.submit(passed.user(), passed.permit(), visit.place(), visit.home(), paths(given), context);
        return switch (answer) {
            case Submitting.Submitted.Begun(var output) -> begun(output);
            case Submitting.Submitted.NotTaken(var refused) -> throw new Denied(Problem.ofFiles(refused));
            case Submitting.Submitted.TooMany tooMany ->
                throw new Denied(
                        new Problem(429, "too-many", "審査を待つ成果物が多すぎます", "too many of your outputs wait for a decision"));
        };
    }

    private Told preflight(Visit visit, Asked asked) {
        seen(visit);
        var passed = threshold.pass(visit, Operation.PREFLIGHT);
        var answer = preflight.files(passed.user(), passed.permit(), visit.place(), visit.home(), paths(files(asked)));
        return switch (answer) {
            case Preflight.Checked.Judged(var told) -> told;
            case Preflight.Checked.Failure(var code, var line, var column, var words) ->
                throw new Denied(new Problem(422, code, words, line, column));
            case Preflight.Checked.NotTaken(var tooLarge, var words) ->
                throw new Denied(
                        new Problem(tooLarge ? 413 : 400, tooLarge ? "too-large" : "invalid", words, null, null));
            case Preflight.Checked.TooOften tooOften ->
                throw new Denied(
                        new Problem(429, "too-many", "事前チェックは 1 時間に 60 回までです", "a project has 60 pre-flights an hour"));
            case Preflight.Checked.Busy busy ->
                throw new Denied(new Problem(503, "busy", "混み合っています", "busy; try again"));
        };
    }

    /** What a notebook makes is held at its end, whole, and it is told nothing of it. */
    private static void seen(Visit visit) {
        if (visit.unseen()) {
            throw new Denied(new Problem(
                    409,
                    "wrong-state",
                    "ノートブックの成果物は実行が終わったときに提出されます",
                    "what a notebook makes is submitted when it has ended"));
        }
    }

    private static List<String> paths(Files given) {
        var paths = given.paths();
        if (paths == null
                || paths.isEmpty()
                || paths.stream().anyMatch(path -> path == null || path.length() > 1_000)) {
            throw invalid("paths に outputs フォルダーのファイルを並べてください", "paths lists files in the folder outputs");
        }
        return paths;
    }

    private static Files files(Asked asked) {
        try {
            var files = MAPPER.readValue(asked.body().getBytes(), Files.class);
            if (files != null) {
                return files;
            }
        } catch (IOException notJson) {
            // answered below
        }
        throw invalid("{\"paths\":[...],\"context\":\"...\"} を送ってください", "send {\"paths\":[...],\"context\":\"...\"}");
    }

    private static String text(byte[] body) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException malformed) {
            throw invalid("UTF-8 で送ってください", "send UTF-8");
        }
    }

    static boolean isJapanese(@Nullable String acceptLanguage) {
        return acceptLanguage != null && acceptLanguage.toLowerCase(Locale.ROOT).startsWith("ja");
    }

    private static Denied invalid(String ja, String en) {
        return new Denied(new Problem(400, "invalid", ja, en));
    }
}
