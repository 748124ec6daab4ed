package org.sekisho.gateway.airlock;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.PublicKey;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.sekisho.checker.CellStatus;
import org.sekisho.checker.CheckedFile;
import org.sekisho.checker.Evidence;
import org.sekisho.checker.Finding;
import org.sekisho.checker.Judgement;
import org.sekisho.checker.contribution.FootprintFile;
import org.sekisho.checker.release.Certificate;
import org.sekisho.checker.release.Release;
import org.sekisho.checker.release.Seal;
import org.sekisho.checker.review.Decision;
import org.sekisho.checker.review.Event;
import org.sekisho.gateway.airlock.Output.Released;
import org.sekisho.gateway.airlock.Output.ReleasedFile;
import org.sekisho.gateway.audit.Act;
import org.sekisho.gateway.audit.AuditLog;
import org.sekisho.gateway.audit.Entry;
import org.sekisho.gateway.audit.Result;
import org.sekisho.gateway.job.Job;
import org.sekisho.gateway.job.Jobs;
import org.sekisho.gateway.job.Notebook;
import org.sekisho.gateway.job.Signals;
import org.sekisho.gateway.project.Projects;

/** Carries out decisions. A release names its bytes in the log, checks them on the disk, and signs a certificate. */
public final class Releases {
    private static final String GATEWAY = "sekisho";

    private final Outputs outputs;
    private final HeldFolders held;
    private final Judgements judgements;
    private final Jobs jobs;
    private final Earlier earlier;
    private final Judging judging;
    private final Projects projects;
    private final Provenance provenance;
    private final KeyPair key;
    private final AuditLog log;
    private final Signals signals;
    private final Clock clock;
    private final UnaryOperator<String> names;
    private final Map<String, Object> turns = new ConcurrentHashMap<>();

    /** Which snapshots made the data of a project's output. */
    @FunctionalInterface
    public interface Provenance {
        List<String> snapshots(String project, int permit, String provision);
    }

    /** @param names of users, by id */
    public Releases(
            Outputs outputs,
            HeldFolders held,
            Jobs jobs,
            Earlier earlier,
            Judging judging,
            Projects projects,
            Provenance provenance,
            KeyPair key,
            AuditLog log,
            Signals signals,
            Clock clock,
            UnaryOperator<String> names) {
        this.outputs = outputs;
        this.held = held;
        this.judgements = new Judgements(held, (output, sha256) -> Seal.of(key.getPrivate(), output, sha256));
        this.jobs = jobs;
        this.earlier = earlier;
        this.judging = judging;
        this.projects = projects;
        this.provenance = provenance;
        this.key = key;
        this.log = log;
        this.signals = signals;
        this.clock = clock;
        this.names = names;
    }

    public PublicKey certificateKey() {
        return key.getPublic();
    }

    public Judgements judgements() {
        return judgements;
    }

    /** What the log, the certificate and the store say of bytes that must stay inside. */
    String seal(String output, String sha256) {
        return Seal.of(key.getPrivate(), output, sha256);
    }

    /** What became of a decision. */
    public enum Outcome {
        CARRIED_OUT,
        /** The bytes on the disk are not the judged ones: the output is refused instead. */
        BYTES_CHANGED,
        /** Something else left since it was judged, and together they would tell more: it has to be judged anew. */
        OVERTAKEN,
        /** Somebody was faster. */
        WRONG_STATE
    }

    Outcome carryOut(Output output, Decision decision) {
        var outcome = projects.during(
                        output.project(), () -> decision.isRelease() ? inTurn(output, decision) : end(output, decision))
                .orElse(Outcome.WRONG_STATE);
        signals.changed(output.id());
        return outcome;
    }

    /** One release of a project after the other: each is compared with all before it. */
    private Outcome inTurn(Output output, Decision decision) {
        synchronized (turns.computeIfAbsent(output.project(), absent -> new Object())) {
            return release(output, decision);
        }
    }

    private Outcome end(Output output, Decision decision) {
        var done = outputs.change(output.id(), Event.of(decision), clock.instant());
        log.record(act(output, "output.decide").with("decision", decision.word()), done ? Result.DONE : Result.REFUSED);
        return done ? Outcome.CARRIED_OUT : Outcome.WRONG_STATE;
    }

    private Outcome release(Output output, Decision decision) {
        var judgement = judgements
                .of(output)
                .filter(found -> Judgements.isWhole(output, found))
                .orElseThrow();
        var files = judgement.files().stream()
                .map(file -> leaving(judgement, file, decision))
                .toList();
        var footprints = footprints(output, judgement, files);
        if (isOvertaken(output, judgement, footprints)) {
            var again = outputs.overtaken(output.id());
            log.record(act(output, "output.overtaken"), again ? Result.DONE : Result.REFUSED);
            return again ? Outcome.OVERTAKEN : Outcome.WRONG_STATE;
        }
        var intent = log.intent(announced(output, decision, files));
        if (!files.stream().allMatch(file -> isOnDisk(output, file))) {
            outputs.change(output.id(), Event.REFUSED, clock.instant());
            log.outcome(intent, Result.REFUSED, Map.of("reason", "bytes-changed"));
            return Outcome.BYTES_CHANGED;
        }
        // Before it counts as released: a kill in between leaves an entry of the ledger that nobody looks at.
        earlier.keep(output, footprints);
        var amended = files.stream().anyMatch(ReleasedFile::amended);
        var released = new Released(files, amended, intent.index(), clock.instant());
        var certificate =
                Certificate.sign(statement(output, judgement, released, intent), key.getPrivate(), key.getPublic());
        var done = outputs.release(
                output.id(), released, new String(certificate.bytes(), StandardCharsets.UTF_8), clock.instant());
        log.outcome(intent, done ? Result.DONE : Result.REFUSED, Map.of());
        return done ? Outcome.CARRIED_OUT : Outcome.WRONG_STATE;
    }

    /** What the ledger has to keep of each file that leaves; nothing when of one of them nobody knows. */
    private Optional<List<byte[]>> footprints(Output output, Judgement judgement, List<ReleasedFile> files) {
        var compared = judgement.evidence().compared();
        var footprints = new ArrayList<byte[]>();
        for (var file : files) {
            var sha256 = compared == null ? null : compared.footprints().get(file.held());
            var bytes = sha256 == null
                    ? Optional.<byte[]>empty()
                    : held.read(output, file.held() + FootprintFile.ENDING)
                            .filter(found -> Hashes.sha256(found).equals(sha256));
            if (bytes.isEmpty()) {
                return Optional.empty();
            }
            footprints.add(bytes.get());
        }
        return Optional.of(footprints);
    }

    private boolean isOvertaken(Output output, Judgement judgement, Optional<List<byte[]>> footprints) {
        var compared = judgement.evidence().compared();
        if (compared == null || footprints.isEmpty()) {
            return false;
        }
        var since = earlier.since(output.project(), output.id(), compared.releases());
        var rules =
                projects.permit(output.project(), output.permit()).orElseThrow().rules();
        return !since.releases().isEmpty()
                && !footprints.get().stream().allMatch(each -> judging.tellsOfNobody(rules, each, since));
    }

    /** A file with an amended version leaves as that when this was decided; every other one as it stands. */
    private static ReleasedFile leaving(Judgement judgement, CheckedFile reviewed, Decision decision) {
        var file = decision == Decision.RELEASE_AMENDED
                ? Judgements.amended(judgement, reviewed).orElse(reviewed)
                : reviewed;
        return new ReleasedFile(reviewed.name(), file.name(), file.type(), file.bytes(), file.sha256());
    }

    private static CheckedFile reviewed(Judgement judgement, String name) {
        return judgement.files().stream()
                .filter(file -> file.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("nothing is released that was not judged"));
    }

    private static Act announced(Output output, Decision decision, List<ReleasedFile> files) {
        var act = act(output, "output.release").with("decision", decision.word());
        if (files.size() == 1) {
            return act.with("sha256", files.getFirst().sha256())
                    .with("file", files.getFirst().held());
        }
        return act.with("manifest", manifest(files)).with("files", Integer.toString(files.size()));
    }

    private static String manifest(List<ReleasedFile> files) {
        return Manifest.sha256(files.stream().map(file -> new Manifest.Line(file.name(), file.sha256())));
    }

    private boolean isOnDisk(Output output, ReleasedFile file) {
        return held.read(output, file.held())
                .filter(bytes -> Hashes.sha256(bytes).equals(file.sha256()))
                .isPresent();
    }

    private Release statement(Output output, Judgement judgement, Released released, Entry intent) {
        var job = Optional.ofNullable(output.job()).flatMap(jobs::find);
        var checkpoint = log.proof(intent.index())
                .map(proof -> proof.checkpoint().note())
                .orElseThrow(() -> new IllegalStateException("the log does not know its own entry"));
        return new Release(
                output.id(),
                output.project(),
                output.permit(),
                names.apply(output.author()),
                output.job(),
                released.at().toString(),
                released.files().stream()
                        .map(file -> certified(output, judgement, file))
                        .toList(),
                manifest(released.files()),
                released.amended(),
                rules(judgement),
                suppression(judgement.evidence(), released.amended()),
                output.votes().stream().map(this::reviewer).toList(),
                output.provision(),
                provenance.snapshots(output.project(), output.permit(), output.provision()),
                job.filter(made -> made.notebook() == null)
                        .map(Job::sql)
                        .map(Hashes::sha256)
                        .orElse(null),
                job.map(Job::notebook).map(Notebook::sha256).orElse(null),
                judgementSeal(output),
                new Release.LogPlace(intent.index(), checkpoint));
    }

    /** An author knows one name; which of the two files became it stands in "amended". */
    private Release.File certified(Output output, Judgement judgement, ReleasedFile file) {
        return new Release.File(
                file.name(),
                file.type(),
                file.bytes(),
                file.sha256(),
                file.amended(),
                seal(output.id(), reviewed(judgement, file.name()).sha256()));
    }

    private static String judgementSeal(Output output) {
        var seal = output.judgement();
        if (seal == null) {
            throw new IllegalStateException("nothing is released without a judgement");
        }
        return seal;
    }

    private Release.Reviewer reviewer(Output.Vote vote) {
        return new Release.Reviewer(
                names.apply(vote.reviewer()), vote.decision().word(), vote.at().toString());
    }

    private static Release.Rules rules(Judgement judgement) {
        return new Release.Rules(
                judgement.rules(),
                judgement.verdict().name().toLowerCase(Locale.ROOT),
                judgement.findings().stream()
                        .map(Finding::rule)
                        .distinct()
                        .sorted()
                        .toList());
    }

    private static Release.Suppression suppression(Evidence evidence, boolean amended) {
        if (!amended) {
            return new Release.Suppression(0, 0, null);
        }
        return new Release.Suppression(
                evidence.audit().hidden(), evidence.audit().exactlyComputable(), narrowest(evidence));
    }

    private static @Nullable String narrowest(Evidence evidence) {
        var cells = evidence.tables().isEmpty()
                ? evidence.cells().stream()
                : evidence.tables().stream().flatMap(table -> table.cells().stream());
        return cells.filter(cell -> cell.status() == CellStatus.PRIMARY || cell.status() == CellStatus.SECONDARY)
                .filter(cell -> cell.lower() != null && cell.upper() != null)
                .map(cell -> width(cell.lower(), cell.upper()))
                .min(BigDecimal::compareTo)
                .map(width -> width.stripTrailingZeros().toPlainString())
                .orElse(null);
    }

    private static BigDecimal width(@Nullable Double lower, @Nullable Double upper) {
        if (lower == null || upper == null || !Double.isFinite(upper - lower)) {
            return BigDecimal.valueOf(Long.MAX_VALUE);
        }
        return BigDecimal.valueOf(upper - lower);
    }

    private static Act act(Output output, String action) {
        return new Act(GATEWAY, action, output.project(), output.id(), Map.of());
    }
}
