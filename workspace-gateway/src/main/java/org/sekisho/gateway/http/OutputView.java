package org.sekisho.gateway.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sekisho.checker.CheckedFile;
import org.sekisho.checker.Evidence;
import org.sekisho.checker.Judgement;
import org.sekisho.checker.review.OutputState;
import org.sekisho.checker.review.Person;
import org.sekisho.checker.review.Visibility;
import org.sekisho.gateway.airlock.Judgements;
import org.sekisho.gateway.airlock.Output;
import org.sekisho.gateway.airlock.Output.ReleasedFile;
import org.sekisho.gateway.airlock.Output.Vote;
import org.sekisho.gateway.airlock.Told;
import org.sekisho.gateway.identity.User;
import org.sekisho.gateway.project.Projects;

/**
 * What of an output is shown to whom: an author never sees a count, nor the size or the hash of a held file (the hash
 * of a small table tells the table); a reviewer does not see the other's vote before both are in.
 */
final class OutputView {
    private final Judgements judgements;
    private final Projects projects;
    private final People people;

    OutputView(Judgements judgements, Projects projects, People people) {
        this.judgements = judgements;
        this.projects = projects;
        this.people = people;
    }

    /** As it stands in a list: without findings. */
    Fields line(Output output, Person person, User user) {
        return Fields.of("id", output.id())
                .and("project", output.project())
                .and(
                        "projectTitle",
                        projects.permit(output.project()).orElseThrow().title())
                .and("author", people.name(output.author()))
                .and("job", output.job())
                .and("origin", output.origin().word())
                .and("workspace", output.workspace())
                .and("title", output.title())
                .and("context", output.context().isEmpty() ? null : output.context())
                .and("state", output.state().word())
                .and(
                        "verdict",
                        output.verdict() == null ? null : word(output.verdict().name()))
                .and("rules", output.rules())
                .and("created", output.created())
                .and("held", output.checked())
                .and("decided", output.decided())
                .and("reviewsNeeded", output.reviews())
                .and("reviewsGiven", output.votes().size())
                .and("reviews", votes(output, person, user))
                .and("release", release(output));
    }

    Fields whole(Output output, Person person, User user) {
        var judgement = judgement(output);
        return line(output, person, user)
                .and("files", judgement == null ? List.of() : files(output, judgement, person))
                .and("findings", judgement == null ? List.of() : findings(judgement, person))
                .and("history", history(output));
    }

    /** Of a closed project it is destroyed, and not missed; of another it is not destroyed while it is read. */
    private @Nullable Judgement judgement(Output output) {
        return projects.during(output.project(), () -> judgements.of(output))
                .flatMap(found -> found)
                .orElse(null);
    }

    Fields related(Output output) {
        return Fields.of("id", output.id())
                .and("title", output.title())
                .and("author", people.name(output.author()))
                .and("state", output.state().word())
                .and("released", output.decided());
    }

    /** For checkers: with the evidence of the file that is looked at. */
    Fields judgement(Judgement judgement, @Nullable CheckedFile file, Evidence evidence) {
        return Fields.of("verdict", judgement.verdict())
                .and("rules", judgement.rules())
                .and("findings", judgement.findings())
                .and("files", judgement.files())
                .and(
                        "amended",
                        file == null
                                ? null
                                : Judgements.amended(judgement, file).orElse(null))
                .and("amendedFiles", judgement.amended())
                .and("evidence", evidence);
    }

    List<CheckedFile> filesOf(Judgement judgement) {
        return Stream.concat(judgement.files().stream(), judgement.amended().stream())
                .toList();
    }

    private List<?> files(Output output, Judgement judgement, Person person) {
        if (person == Person.CHECKER) {
            return filesOf(judgement);
        }
        var released = output.released();
        return released == null
                ? output.names().stream()
                        .map(name -> Fields.of("name", name).and("type", type(judgement, name)))
                        .toList()
                : released.files().stream().map(OutputView::released).toList();
    }

    private static @Nullable String type(Judgement judgement, String name) {
        return judgement.files().stream()
                .filter(file -> file.name().equals(name))
                .map(CheckedFile::type)
                .findFirst()
                .orElse(null);
    }

    private static Fields released(ReleasedFile file) {
        return Fields.of("name", file.name())
                .and("type", file.type())
                .and("bytes", file.bytes())
                .and("sha256", file.sha256())
                .and("amended", file.amended());
    }

    private static List<?> findings(Judgement judgement, Person person) {
        return Visibility.words(person) == Visibility.Words.FOR_CHECKERS
                ? judgement.findings()
                : Told.of(judgement).findings();
    }

    private List<Fields> votes(Output output, Person person, User user) {
        return switch (Visibility.votes(person, output.state())) {
            case NONE -> List.of();
            case OWN ->
                output.votes().stream()
                        .filter(vote -> vote.reviewer().equals(user.id()))
                        .map(this::vote)
                        .toList();
            case ALL -> output.votes().stream().map(this::vote).toList();
        };
    }

    private Fields vote(Vote vote) {
        return Fields.of("reviewer", people.name(vote.reviewer()))
                .and("decision", vote.decision().word())
                .and("note", vote.note())
                .and("at", vote.at());
    }

    private static @Nullable Fields release(Output output) {
        var released = output.released();
        if (released == null) {
            return null;
        }
        var only = released.files().size() == 1 ? released.files().getFirst() : null;
        return Fields.of("at", released.at())
                .and("decision", released.amended() ? "release-amended" : "release")
                .and("amended", released.amended())
                .and("file", only == null ? null : only.name())
                .and("bytes", only == null ? null : only.bytes())
                .and("sha256", only == null ? null : only.sha256())
                .and(
                        "files",
                        released.files().stream().map(OutputView::released).toList())
                .and("entry", released.entry())
                .and("certificate", "/api/outputs/" + output.id() + "/certificate");
    }

    private static List<Fields> history(Output output) {
        var history = new ArrayList<Fields>();
        history.add(Fields.of("state", OutputState.CHECKING.word()).and("at", output.created()));
        if (output.checked() != null) {
            history.add(Fields.of("state", OutputState.HELD.word()).and("at", output.checked()));
        }
        if (output.decided() != null) {
            history.add(Fields.of("state", output.state().word()).and("at", output.decided()));
        }
        return history;
    }

    private static String word(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
