import Detection
import Resources
import SQLite
import Storage
import Testing
import Vocabulary

/// Hours and maintenances by file: applied, exported, taken out.
@Suite struct CalendarPlanTests {
    /// Friday, 27 November 2026, noon.
    private let now = Instant(seconds: 1_795_755_600)

    private static let calendars = """
        apiVersion: haidang/v1
        kind: Asset
        name: codec-xa-an-son
        class: codec
        site: xa-an-son
        hours: meetings
        ---
        apiVersion: haidang/v1
        kind: Maintenance
        name: weekly-updates
        every:
          - sun 1:00-03:00
          - last day 22:00-02:00
        from: 2026-11-01 00:00
        units: [ubnd-an-son]
        classes: [codec]
        reason: Cập nhật
        who: "Trung tâm CNTT: tổ máy chủ"
        ---
        apiVersion: haidang/v1
        kind: Maintenance
        name: new-router
        from: 2026-11-28T15:00:05Z
        until: 2026-11-29 03:00
        sites: [xa-an-son]
        assets: [codec-xa-an-son]
        ---
        apiVersion: haidang/v1
        kind: Hours
        name: meetings
        title: Giờ họp
        weekly:
          - mon-fri 07:00-11:30, 13:00-17:00
          - sat 07:00-11:30
        except:
          - 2026-09-01..2026-09-02 closed
          - 2026-12-26 13:00-17:00
        ---
        apiVersion: haidang/v1
        kind: Unit
        name: ubnd-an-son
        ---
        apiVersion: haidang/v1
        kind: Site
        name: xa-an-son
        units: [ubnd-an-son]
        """

    private func database() throws -> Connection {
        let connection = try Connection(path: ":memory:")
        try Schema.migrate(connection)
        try apply(Self.calendars, to: connection)
        return connection
    }

    @discardableResult
    private func apply(_ text: String, to connection: Connection) throws -> ApplyPlan {
        try connection.apply(text, at: now)
    }

    private func remove(
        _ kind: Resource.Kind, _ name: String, from connection: Connection, at time: Instant? = nil
    ) throws {
        _ = try connection.transaction {
            try ResourceRemoval.remove(kind, named: name, by: "an", at: time ?? now, in: connection)
        }
    }

    @Test func whatIsExportedIsAppliedWithoutAChange() throws {
        let first = try database()
        let exported = try ResourceWriter.yaml(try CurrentResources(first).all)
        #expect(try apply(exported, to: first).changes.allSatisfy { $0.action == .same }, "\(exported)")
        #expect(exported.contains("- mon-fri 07:00-11:30, 13:00-17:00") && exported.contains("hours: meetings"))
        let second = try Connection(path: ":memory:")
        try Schema.migrate(second)
        try apply(exported, to: second)
        #expect(try CurrentResources(second).all == CurrentResources(first).all)
    }

    @Test func aChangeIsToldFieldByFieldAndAudited() throws {
        let connection = try database()
        let plan = try apply(
            Self.calendars.replacing("2026-11-29 03:00", with: "2026-11-29 04:30").replacing(
                "  - sat 07:00-11:30\n", with: ""), to: connection)
        let changes = plan.changes.filter { $0.action != .same }
        #expect(
            changes.map(\.fields) == [
                ["until: 2026-11-29 03:00 → 2026-11-29 04:30"],
                [
                    "weekly: mon-fri 07:00-11:30, 13:00-17:00; sat 07:00-11:30 → mon-fri 07:00-11:30, 13:00-17:00"
                ],
            ])
        #expect(try AuditStore(connection).lines(limit: 2).map(\.action) == ["update-hours", "update-maintenance"])
    }

    @Test func namesThatLeadNowhereAreToldWithTheirLine() throws {
        let connection = try database()
        for (good, bad, line) in [
            ("hours: meetings", "hours: nobody", 6), ("sites: [xa-an-son]", "sites: [nobody]", 25),
            ("units: [ubnd-an-son]\nclasses", "units: [nobody]\nclasses", 15),
            ("assets: [codec-xa-an-son]", "assets: [nobody]", 26),
        ] {
            let errors = #expect(throws: ResourceErrors.self) {
                try apply(Self.calendars.replacing(good, with: bad), to: connection)
            }
            #expect(errors?.errors.map(\.line) == [line] && errors?.description.contains("\"nobody\"") == true)
        }
    }

    @Test func whatIsKeptOrStillWorkedOnStays() throws {
        let connection = try database()
        #expect(throws: RemovalRefusal.needed(by: ["Asset codec-xa-an-son"])) {
            try remove(.hours, "meetings", from: connection)
        }
        #expect(throws: RemovalRefusal.needed(by: ["Maintenance new-router"])) {
            try remove(.asset, "codec-xa-an-son", from: connection)
        }
        // The day after the work is over; the asset takes its part of it along, the site keeps the rest.
        try remove(.asset, "codec-xa-an-son", from: connection, at: now + .seconds(2 * 86_400))
        try remove(.hours, "meetings", from: connection)
        try remove(.site, "xa-an-son", from: connection, at: now + .seconds(2 * 86_400))
        let left = try MaintenanceStore(connection).all(scope: .everything)
        #expect(left.map(\.name) == ["weekly-updates"], "work for nothing any more is gone")
        try remove(.maintenance, "weekly-updates", from: connection)
        #expect(try MaintenanceStore(connection).all(scope: .everything).isEmpty)
        #expect(try AuditStore(connection).lines(limit: 1).first?.action == "remove-maintenance")
    }
}
