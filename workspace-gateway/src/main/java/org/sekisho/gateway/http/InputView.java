package org.sekisho.gateway.http;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.sekisho.engine.catalog.Text;
import org.sekisho.gateway.identity.User;
import org.sekisho.gateway.ingress.Input;
import org.sekisho.gateway.ingress.InputState;
import org.sekisho.gateway.ingress.Report;
import org.sekisho.gateway.ingress.Scan;
import org.sekisho.gateway.project.Projects;

/** Inputs as they are shown: to members of the project and to stewards the same words, and to nobody the bytes. */
final class InputView {
    private static final Text NO_SCANNER = new Text("検査していません：この環境にウイルス検査ソフトがありません", "not scanned: no scanner here");

    private final Projects projects;
    private final People people;

    InputView(Projects projects, People people) {
        this.projects = projects;
        this.people = people;
    }

    Fields line(Input input, User user) {
        return Fields.of("id", input.id())
                .and("project", input.project())
                .and(
                        "projectTitle",
                        projects.permit(input.project()).orElseThrow().title())
                .and("uploader", people.name(input.uploader()))
                .and("mine", input.uploader().equals(user.id()))
                .and("name", input.name())
                .and("kind", input.kind().word())
                .and("bytes", input.bytes())
                .and("received", input.received())
                .and("state", input.state().word())
                .and("ending", input.ending())
                .and("scan", input.report() == null ? null : word(input.report().scan()))
                .and("created", input.created())
                .and("delivered", input.delivered());
    }

    Fields whole(Input input, User user) {
        var report = input.report();
        return line(input, user)
                .and("purpose", input.purpose())
                .and("sha256", input.sha256())
                .and("scan", report == null ? null : scan(report.scan()))
                .and("contents", report == null ? null : contents(report))
                .and("image", report == null ? null : report.image())
                .and("findings", report == null ? List.of() : findings(report))
                .and("review", review(input))
                .and("needsNote", input.state() == InputState.WAITING && input.needsWords())
                .and("place", place(input));
    }

    private static String word(Scan scan) {
        return scan.state().name().toLowerCase(Locale.ROOT);
    }

    private static Fields scan(Scan scan) {
        var words = scan.words();
        var told = switch (scan.state()) {
            case CLEAN -> new Text("既知のマルウェアは見つかりませんでした", "no known malware was found");
            case FOUND -> new Text("マルウェアが見つかりました：" + words, "malware was found: " + words);
            case ABSENT -> NO_SCANNER;
            case FAILED -> new Text("検査できませんでした（" + words + "）", "the scanner gave no answer (" + words + ")");
        };
        return Fields.of("state", word(scan)).and("engine", scan.engine()).and("words", told);
    }

    private static Fields contents(Report report) {
        return Fields.of("type", report.type())
                .and("software", report.software())
                .and("entries", report.entries() == 0 ? null : report.entries())
                .and("expandedBytes", report.expandedBytes() == 0 ? null : report.expandedBytes())
                .and("names", report.names());
    }

    private static List<Fields> findings(Report report) {
        return report.remarks().stream()
                .map(remark -> Fields.of("severity", remark.weight().name().toLowerCase(Locale.ROOT))
                        .and("message", remark.message()))
                .toList();
    }

    private @Nullable Fields review(Input input) {
        var review = input.review();
        return review == null
                ? null
                : Fields.of("decision", review.accepted() ? "accept" : "refuse")
                        .and("by", people.name(review.reviewer()))
                        .and("note", review.note())
                        .and("at", review.at());
    }

    /** Inside a workspace. */
    private static @Nullable String place(Input input) {
        if (input.state() != InputState.DELIVERED) {
            return null;
        }
        return switch (input.kind()) {
            case FILE -> "~/inputs/" + input.name();
            case PYTHON_WHEEL -> "/opt/project/python";
            case R_PACKAGE -> "/opt/project/R";
            case CONTAINER_IMAGE -> input.name().replaceFirst("\\.tar$", "");
        };
    }
}
