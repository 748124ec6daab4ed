package org.sekisho.gateway;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sekisho.engine.catalog.Text;
import org.sekisho.engine.life.Population;
import org.sekisho.engine.provision.DataGrant;
import org.sekisho.engine.vault.Vault;
import org.sekisho.gateway.audit.Act;
import org.sekisho.gateway.audit.AuditLog;
import org.sekisho.gateway.audit.Result;
import org.sekisho.gateway.identity.Accounts;
import org.sekisho.gateway.project.Permit;
import org.sekisho.gateway.project.Permit.Resources;
import org.sekisho.gateway.project.Projects;
import org.sekisho.gateway.project.Visiting;

/** Invented accounts, projects and data, so that everything can be tried. Their password is public. */
final class Demo {
    static final List<String> ACCOUNTS =
            List.of("researcher", "analyst", "checker", "checker2", "security", "steward", "reviewer", "admin");
    static final String PASSWORD = "sekisho-demo";

    private static final String DATASET = "life";
    private static final int PERSONS = 20_000;

    private final Accounts accounts;
    private final Projects projects;
    private final Vault vault;
    private final AuditLog log;
    private final Clock clock;

    Demo(Accounts accounts, Projects projects, Vault vault, AuditLog log, Clock clock) {
        this.accounts = accounts;
        this.projects = projects;
        this.vault = vault;
        this.log = log;
        this.clock = clock;
    }

    /**
     * Makes what is missing of the demo.
     *
     * @throws IllegalArgumentException for a home that was a demo and shall be reached from elsewhere
     */
    void prepare(boolean wanted, boolean loopback) {
        if (wanted) {
            seed();
        } else if (!loopback && isDemoHome()) {
            throw new IllegalArgumentException(
                    "this home has demo accounts, whose password everybody knows: take another --home");
        }
    }

    private boolean isDemoHome() {
        return accounts.named(ACCOUNTS.getFirst()).isPresent()
                && projects.permit("stroke-care").isPresent();
    }

    private void seed() {
        if (accounts.named(ACCOUNTS.getFirst()).isEmpty()) {
            log.record(
                    Act.of(Act.GATEWAY, "demo.people").with("accounts", Integer.toString(ACCOUNTS.size())),
                    Result.DONE);
        }
        accounts.createDemo();
        if (vault.latest(DATASET).isEmpty()) {
            new Population(vault, 1).generate(DATASET, PERSONS);
        }
        var now = clock.instant();
        grant(strokeCare(now));
        grant(ageingTowns(now));
        grant(expiredCohort(now));
    }

    private void grant(Permit permit) {
        if (projects.permit(permit.project()).isEmpty()) {
            log.record(new Act(Act.GATEWAY, "demo.permit", permit.project(), null, Map.of()), Result.DONE);
            projects.grant(permit, id("reviewer"));
        }
    }

    private Permit strokeCare(Instant now) {
        return new Permit(
                "stroke-care",
                1,
                new Text("脳卒中の治療と地域差", "Stroke care and where people live"),
                new Text(
                        "脳卒中の治療、再入院、介護の必要度が地域によってどう違うかを明らかにし、医療計画に役立てます。",
                        "To learn how treatment, readmission and need of care after a stroke differ between regions, for the planning of care."),
                new Text("都道府県別・年齢階級別の集計表、回帰分析の係数", "Tables by prefecture and age group; regression coefficients"),
                List.of(id("researcher"), id("analyst")),
                List.of(DataGrant.whole(DATASET)),
                "ndb",
                2,
                false,
                Resources.USUAL,
                now,
                now.plus(Duration.ofDays(730)),
                Visiting.of(true, true, true, true).bringing("lifelines", "survminer", "image:oncology"));
    }

    private Permit ageingTowns(Instant now) {
        return new Permit(
                "ageing-towns",
                1,
                new Text("高齢化する町村の介護", "Care in ageing towns"),
                new Text("小さな町村の介護の必要度と健診の関係を調べます。", "To study how need of care and check-ups relate in small towns."),
                new Text("市区町村別の集計表", "Tables by municipality"),
                List.of(id("researcher")),
                List.of(new DataGrant(
                        DATASET,
                        Map.of(
                                "person", List.of(),
                                "checkup", List.of(),
                                "care_level", List.of(),
                                "municipality", List.of()),
                        Optional.empty(),
                        Optional.empty(),
                        Set.of())),
                "kaigo",
                1,
                false,
                Resources.USUAL,
                now,
                now.plus(Duration.ofDays(365)),
                Visiting.of(false, false, false, false));
    }

    private Permit expiredCohort(Instant now) {
        return new Permit(
                "expired-cohort",
                1,
                new Text("終了した追跡研究", "A cohort study that has ended"),
                new Text("利用期限を過ぎたプロジェクトの例です。", "An example of a project whose permit has expired."),
                new Text("集計表", "Tables"),
                List.of(id("researcher")),
                List.of(DataGrant.whole(DATASET)),
                "ndb",
                2,
                false,
                Resources.USUAL,
                now.minus(Duration.ofDays(400)),
                now.minus(Duration.ofDays(35)),
                Visiting.of(true, true, false, true));
    }

    private String id(String name) {
        return accounts.named(name).orElseThrow().id();
    }
}
