package org.sekisho.gateway.project;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.sekisho.engine.catalog.Text;
import org.sekisho.engine.provision.DataGrant;
import org.sekisho.engine.provision.Grant;

/**
 * The law of one project, one version of it.
 *
 * @param members ids of users
 * @param data what the engine provides, and nothing else
 * @param outputs what the project means to take out
 * @param rules rule pack, such as {@code ndb} or {@code ndb@2024-11}
 * @param reviews independent reviews that an output needs, 1 or 2
 * @param autoRelease whether an output with a clear verdict leaves without a review
 * @param expires from this instant nothing new is done under it
 * @param visiting how members may work inside; documents that do not say give {@link Visiting#NONE}
 */
public record Permit(
        String project,
        int version,
        Text title,
        Text purpose,
        Text outputs,
        List<String> members,
        List<DataGrant> data,
        String rules,
        int reviews,
        boolean autoRelease,
        Resources resources,
        Instant granted,
        Instant expires,
        Visiting visiting) {
    /** What the project may use at one time. */
    public record Resources(int threads, long memoryBytes, long resultRows) {
        public static final Resources USUAL = new Resources(2, 4L << 30, 1_000_000);
    }

    public Permit {
        members = List.copyOf(members);
        data = List.copyOf(data);
        visiting = Objects.requireNonNullElse(visiting, Visiting.NONE);
        if (reviews < 1 || reviews > 2) {
            throw new IllegalArgumentException("1 or 2 reviews");
        }
    }

    public boolean isExpiredAt(Instant now) {
        return !now.isBefore(expires);
    }

    public boolean hasMember(String person) {
        return members.contains(person);
    }

    /** The next version of it, which ends then, unless it ended before. */
    Permit overAt(Instant end) {
        return new Permit(
                project,
                version + 1,
                title,
                purpose,
                outputs,
                members,
                data,
                rules,
                reviews,
                autoRelease,
                resources,
                granted,
                expires.isBefore(end) ? expires : end,
                visiting);
    }

    public Grant grant() {
        return new Grant(project, version, data);
    }
}
