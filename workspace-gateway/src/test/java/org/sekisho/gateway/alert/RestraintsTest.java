package org.sekisho.gateway.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.gateway.http.House;
import org.sekisho.gateway.http.Visitor;
import org.sekisho.gateway.identity.Accounts;
import org.sekisho.gateway.identity.Role;
import org.sekisho.gateway.project.Permit;
import org.sekisho.gateway.store.Store;
import org.sekisho.gateway.workspace.WorkspaceState;

/** The measures of a whole gateway: each does what it says, undoes that, and leaves alone what was so before. */
class RestraintsTest {
    @TempDir
    Path home;

    private House house;
    private Accounts accounts;

    @BeforeEach
    void open() {
        house = new House(home);
        accounts = house.parts.identity().accounts();
    }

    @AfterEach
    void close() {
        house.close();
    }

    private Restraint restraint(Measure measure) {
        var all = Restraints.of(accounts, house.workspaces, house.projects, project -> {});
        return Objects.requireNonNull(all.get(measure));
    }

    private String workspace(Visitor researcher) throws InterruptedException {
        var opened = researcher.post("/api/projects/" + House.PROJECT + "/workspaces", "{\"image\":\"desktop\"}");
        assertThat(opened.statusCode()).as(opened.body()).isEqualTo(201);
        for (int i = 0; i < 400 && !isIn(WorkspaceState.RUNNING); i++) {
            Thread.sleep(10);
        }
        assertThat(isIn(WorkspaceState.RUNNING)).isTrue();
        return Visitor.json(opened).path("id").asText();
    }

    private boolean isIn(WorkspaceState state) {
        return house.workspaces.live().stream().anyMatch(workspace -> workspace.state() == state);
    }

    @Test
    void suspendsAPersonWithSessionsAndWorkspacesAndLetsThemInAgain() throws InterruptedException {
        var researcher = house.visitor("researcher");
        workspace(researcher);
        var suspending = restraint(Measure.SUSPEND_PERSON);
        var planned = suspending.plan("researcher");
        assertThat(researcher.get("/api/session").statusCode())
                .as("only planned")
                .isEqualTo(200);
        suspending.impose(planned, Watcher.POLICY);
        assertThat(researcher.get("/api/session").statusCode()).isEqualTo(401);
        assertThat(house.workspaces.live()).isEmpty();
        suspending.lift(planned, "security");
        assertThat(house.visitor("researcher").get("/api/session").statusCode()).isEqualTo(200);
    }

    /** One workspace whose end the store does not take, as on a full disk. */
    @Test
    void endsEveryOtherWorkspaceWhenOneCannotBeEnded() throws InterruptedException {
        var permit = house.projects.permit(House.PROJECT).orElseThrow();
        house.projects.grant(
                new Permit(
                        "second-study",
                        1,
                        permit.title(),
                        permit.purpose(),
                        permit.outputs(),
                        permit.members(),
                        permit.data(),
                        permit.rules(),
                        permit.reviews(),
                        permit.autoRelease(),
                        permit.resources(),
                        permit.granted(),
                        permit.expires(),
                        permit.visiting()),
                "reviewer");
        var researcher = house.visitor("researcher");
        workspace(researcher);
        var second = researcher.post("/api/projects/second-study/workspaces", "{\"image\":\"desktop\"}");
        assertThat(second.statusCode()).as(second.body()).isEqualTo(201);
        var stuck = house.workspaces.live().getFirst().id();
        try (var store = Store.open(home)) {
            store.run(handle -> handle.execute("create trigger stuck before update on workspace when old.id = '" + stuck
                    + "' and new.state = 'ended' begin select raise(abort, 'stuck'); end"));
            var suspending = restraint(Measure.SUSPEND_PERSON);
            var planned = suspending.plan("researcher");
            assertThatThrownBy(() -> suspending.impose(planned, Watcher.POLICY)).hasStackTraceContaining("stuck");
            assertThat(house.workspaces.live())
                    .extracting(workspace -> workspace.id())
                    .containsExactly(stuck);
            store.run(handle -> handle.execute("drop trigger stuck"));
        }
    }

    @Test
    void leavesSuspendedWhomSomebodyElseHasSuspended() {
        accounts.suspend(house.id("analyst"), "admin");
        assertThat(restraint(Measure.SUSPEND_PERSON).plan("analyst")).isEmpty();
        assertThat(restraint(Measure.SUSPEND_PERSON).plan("nobody-of-this-name"))
                .isEmpty();
    }

    @Test
    void letsNobodyInWhomSomebodySuspendedAfterThePolicyDid() {
        var suspending = restraint(Measure.SUSPEND_PERSON);
        var planned = suspending.plan("analyst");
        suspending.impose(planned, Watcher.POLICY);
        accounts.suspend(planned, "admin");
        suspending.lift(planned, "security");
        assertThat(accounts.active(planned)).isEmpty();
    }

    @Test
    void letsNobodyInWhomSomebodySuspendedWhileThePolicyWasAboutTo() {
        var suspending = restraint(Measure.SUSPEND_PERSON);
        var planned = suspending.plan("analyst");
        accounts.suspend(planned, "admin");
        suspending.impose(planned, Watcher.POLICY);
        suspending.lift(planned, "security");
        assertThat(accounts.active(planned)).isEmpty();
    }

    @Test
    void neverSuspendsTheLastWhoRunsTheService() {
        var suspending = restraint(Measure.SUSPEND_PERSON);
        assertThatThrownBy(() -> suspending.plan("admin")).hasMessageContaining("last administrator");
        var other = accounts.create("admin2", "Other", Set.of(Role.ADMIN), "correct horse battery");
        assertThat(suspending.plan("admin")).isEqualTo(house.id("admin"));
        accounts.suspend(other.id(), "admin");
        assertThatThrownBy(() -> suspending.plan("admin")).hasMessageContaining("last administrator");
        assertThatThrownBy(() -> suspending.impose(house.id("admin"), Watcher.POLICY))
                .hasMessageContaining("last administrator");
        assertThat(accounts.active(house.id("admin"))).isPresent();
    }

    @Test
    void neverSuspendsTheLastWhoCouldUndoIt() {
        var suspending = restraint(Measure.SUSPEND_PERSON);
        assertThatThrownBy(() -> suspending.plan("security")).hasMessageContaining("last security officer");
        var other = accounts.create("security2", "Other", Set.of(Role.SECURITY), "correct horse battery");
        assertThat(suspending.plan("security")).isEqualTo(house.id("security"));
        accounts.invite(other.id());
        assertThatThrownBy(() -> suspending.plan("security"))
                .as("the other has not come")
                .hasMessageContaining("last security officer");
        assertThatThrownBy(() -> suspending.impose(house.id("security"), Watcher.POLICY))
                .as("as when the other was invited anew after it was planned")
                .hasMessageContaining("security officer");
        assertThat(accounts.active(house.id("security"))).isPresent();
        accounts.suspend(house.id("security"), "admin");
        assertThat(suspending.plan("security")).as("suspended already").isEmpty();
    }

    @Test
    void locksWhatRunsAndUnlocksNothingThatItsOwnerHadLocked() throws InterruptedException {
        var researcher = house.visitor("researcher");
        var locking = restraint(Measure.LOCK_WORKSPACES);
        assertThat(locking.plan("researcher")).isEmpty();
        var id = workspace(researcher);
        assertThat(locking.plan("researcher")).isEqualTo(id);
        locking.impose(id, "policy");
        assertThat(isIn(WorkspaceState.LOCKED)).isTrue();
        assertThat(locking.plan("researcher")).as("locked already").isEmpty();
        locking.lift(id, "security");
        assertThat(isIn(WorkspaceState.RUNNING)).isTrue();
    }

    @Test
    void leavesOnHoldWhatSomebodyElseHolds() {
        var holding = restraint(Measure.HOLD_PROJECT);
        assertThat(holding.plan("no-such-project")).isEmpty();
        assertThat(holding.plan(House.PROJECT)).isEqualTo(House.PROJECT);
        house.projects.hold(House.PROJECT, "security");
        assertThat(holding.plan(House.PROJECT)).isEmpty();
    }
}
