import Vocabulary
import WebUI

/// Announced work and the month's report, full and on the first day.
extension Samples {
    static let maintenance = MaintenancePage(
        rows: [
            .init(
                "thay-router-3", stage: .active, from: now - .seconds(3600), until: now + .seconds(5400),
                next: now + .seconds(5400), sites: [Named("xa-3", title: "Xã số 3")], covered: 4,
                reason: "Thay bộ định tuyến", who: "Nguyễn Văn Hùng"),
            .init(
                "cap-nhat-hang-tuan", stage: .planned, every: ["sun 01:00-03:00", "last day 22:00-02:00"],
                next: now + .seconds(200_000), units: [Named("so-tttt", title: "Sở TT&TT")], classes: ["server"],
                covered: 12, who: "mai.tran"),
            .init(
                "ups", stage: .over, from: now - .seconds(90_000), until: now - .seconds(86_400),
                assets: ["ups-1"], covered: 1),
        ],
        draft: .init(from: "2023-04-06T22:00", sites: "xa-3"), problem: .missingTimes,
        knownSites: [Named("xa-3", title: "Xã số 3")], knownUnits: ["so-tttt"], knownClasses: ["codec"])
    static let emptyMaintenance = MaintenancePage(rows: [])

    static let availability = AvailabilityPage(
        month: "2023-03", previous: "2023-02", next: "2023-04", grouping: .site, isWhole: true,
        rows: [
            .init(
                Named("xa-3", title: "Xã số 3"), assets: 4, available: 0.99876543, up: .seconds(2_600_000),
                degraded: .seconds(61), down: .seconds(3200), unknown: .seconds(40), maintenance: .seconds(7200),
                outsideHours: .seconds(67_899), revised: .seconds(900)),
            .init("kho", available: nil, unwatched: .seconds(2_678_400)),
        ],
        total: .init(
            "", assets: 5, available: 0.99876543, up: .seconds(2_600_000), revised: .seconds(900)))
    static let emptyAvailability = AvailabilityPage(
        month: "2023-04", previous: "2023-03", next: nil, grouping: .class, isWhole: false, rows: [],
        total: .init("", assets: 0, available: nil))

    static let exemptions: [ExemptionNote] = [
        .init(.maintenance("thay-router-3", assets: 2, of: 4), until: now + .seconds(5400)),
        .init(.outsideHours("hop"), until: nil),
    ]
}
