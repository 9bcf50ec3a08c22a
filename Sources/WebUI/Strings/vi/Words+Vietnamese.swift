extension Words {
    static let vietnamese = Words(
        frame: FrameWords(
            product: "Hải Đăng", skip: "Đến nội dung chính", navigation: "Các trang", overview: "Tổng quan",
            conference: "Hội nghị",
            sites: "Điểm cầu",
            assets: "Tài sản", alerts: "Cảnh báo", findings: "Phát hiện", agents: "Tác tử", signOut: "Đăng xuất",
            changePassword: "Đổi mật khẩu", preferences: "Tùy chọn", language: "Ngôn ngữ", theme: "Giao diện",
            themeAuto: "Theo thiết bị", themeLight: "Sáng", themeDark: "Tối", audit: "Nhật ký thao tác",
            maintenance: "Bảo trì", availability: "Tỷ lệ hoạt động",
            copy: "Sao chép", copied: "Đã sao chép",
            timesIn: "Giờ hiển thị theo", loaded: "Trang lập lúc",
            expected: "cần", got: "nhận", stale: "Không lấy được dữ liệu mới; trang này lập lúc"),
        signIn: SignInWords(
            title: "Đăng nhập", lead: "Giám sát mạng, điểm cầu và tài sản của tỉnh.", user: "Tên đăng nhập",
            password: "Mật khẩu", submit: "Đăng nhập", wrong: "Tên đăng nhập hoặc mật khẩu không đúng.",
            locked: "Sai quá nhiều lần. Hãy đợi vài phút rồi thử lại.",
            expired: "Phiên làm việc đã hết hạn. Hãy đăng nhập lại.", signedOut: "Đã đăng xuất."),
        password: PasswordWords(
            title: "Đổi mật khẩu",
            leadForced: "Mật khẩu vừa dùng chỉ có hiệu lực một lần. Hãy đặt mật khẩu của riêng mình.",
            lead: "Sau khi đổi, các phiên làm việc khác của tài khoản này sẽ bị đăng xuất.",
            current: "Mật khẩu hiện tại",
            new: "Mật khẩu mới", again: "Nhập lại mật khẩu mới", submit: "Đặt mật khẩu",
            wrongCurrent: "Mật khẩu hiện tại không đúng.", different: "Hai lần nhập mật khẩu mới không giống nhau.",
            same: "Mật khẩu mới phải khác mật khẩu cũ.", common: "Mật khẩu này quá dễ đoán.",
            atLeast: { "Ít nhất \($0) ký tự." }),
        overview: OverviewWords(
            title: "Tổng quan", states: "Tình trạng tài sản", broken: "Đang trục trặc",
            nothingBroken: "Không có gì hỏng",
            nothingBrokenYet: "Chưa có gì để đo. Hãy bắt đầu bằng các bước bên dưới.",
            waiting: "Đang chờ dữ liệu đầu tiên", waitingLead: "Số đo đầu tiên thường đến trong vòng một phút.",
            uncertain: "Chưa biết có gì hỏng không", call: "Gọi cho",
            nobody: "chưa ghi người liên hệ",
            machines: "Máy", noMachines: "Chưa có máy nào cài tác tử.", next: "Các bước tiếp theo",
            nextLead: "Chép lệnh rồi chạy trong cửa sổ dòng lệnh.", enrol: "Ghi danh một máy",
            enrolWhy: "Tạo mã cho một máy, để trao cho tác tử của máy đó.", load: "Nạp 120 điểm cầu",
            loadWhy: "Danh sách mẫu với bốn cấp hành chính.", breakIt: "Thử làm hỏng một thứ",
            breakWhy: "Xem trang này nói gì và mất bao lâu.", noData: "Chưa nhận được dữ liệu nào.", cpu: "CPU",
            memory: "Bộ nhớ", disk: "Đĩa", sparkline: "CPU gần đây",
            headline: { $0 == 1 ? "Một thứ đang trục trặc" : "\($0) thứ đang trục trặc" },
            newest: { "Dữ liệu mới nhất: \($0)" },
            isOld: { "Dữ liệu đã cũ: \($0). Có thể bộ thu hoặc các tác tử đã ngừng." },
            noAddress: { "\($0), chưa có địa chỉ" }, more: { "và \($0) thứ nữa" }),
        assets: AssetsWords(
            title: "Tài sản", search: "Tìm", searchHint: "Tên, mã, sê-ri, người giữ, nơi đặt", allClasses: "Mọi loại",
            allStates: "Mọi trạng thái", allUnits: "Mọi đơn vị", allSites: "Mọi điểm cầu", filter: "Lọc",
            clear: "Bỏ lọc", none: "Chưa có tài sản nào.",
            noneMatch: "Không có tài sản nào khớp.", previous: "Trang trước", next: "Trang sau", pages: "Chuyển trang",
            shown: { shown, all in
                let numbers = NumberFormat(language: .vietnamese)
                let total = "\(numbers.integer(all)) tài sản"
                return shown == all ? total : "\(numbers.integer(shown)) trong \(total)"
            }, page: { "Trang \($0) / \($1)" }),
        asset: AssetWords(
            checks: "Phép kiểm tra", noChecks: "Không có phép kiểm tra nào.", charts: "Biểu đồ",
            drag: "Kéo ngang để phóng to, giữ Shift rồi kéo để dịch chuyển", reset: "Xem toàn bộ", facts: "Thuộc tính",
            noFacts: "Chưa có nguồn nào mô tả tài sản này.", firstLast: "Thấy lần đầu, lần cuối",
            history: "Lịch sử thay đổi",
            noHistory: "Chưa có thay đổi nào.", blind: "Tác tử không thấy được",
            blindLead: "Lệnh bên cạnh cho phép tác tử thấy; người quản trị máy đó quyết định.", address: "Địa chỉ",
            site: "Điểm cầu", call: "Gọi cho", runThis: "Lệnh cho phép",
            became: "thành", changed: "đổi", appeared: "xuất hiện", vanished: "biến mất",
            notConfigured: "Chưa có địa chỉ nên chưa đo gì.",
            waiting: "Đang chờ số đo đầu tiên.", span: "Khoảng thời gian", seen: "thấy lần cuối"),
        path: .vietnamese,
        sites: vietnameseSites, conference: vietnameseConference, totals: vietnameseTotals, book: vietnameseBook,
        alerts: AlertsWords(
            title: "Cảnh báo", open: "Đang mở", noOpen: "Không có cảnh báo nào đang mở.", resolved: "Đã xong",
            noResolved: "Chưa có cảnh báo nào đã xong.", acknowledgedBy: "Người nhận", notAcknowledged: "chưa ai nhận",
            lasted: "Kéo dài"),
        incident: vietnameseIncident, notes: vietnameseNotes,
        maintenance: vietnameseMaintenance, availability: vietnameseAvailability,
        delivery: DeliveryWords(
            repeated: "có thể lặp lại", nothingIsWrong: "Không có gì hỏng: tin này chỉ để biết tin báo đến được đây.",
            test: { "Tin thử của tuyến báo tin \($0)" }, askedBy: { "Người yêu cầu: \($0)." },
            alive: { "Hải Đăng vẫn chạy: theo dõi \($0), đang mở \($1)" },
            aliveWhy: "Tin này đến lúc 8:00 mỗi thứ Hai. Nếu không thấy, cần có người kiểm tra.",
            digest: { "Trong lúc tin được giữ lại: \($0) còn hỏng, \($1) đã xong" }),
        findings: vietnameseFindings,
        agents: AgentsWords(
            title: "Tác tử", none: "Chưa có tác tử nào.", noneLead: "Chạy lệnh này trên máy cần theo dõi:",
            dropped: "Đã bỏ", nothingDropped: "không bỏ gì", samples: "số đo", states: "trạng thái",
            findings: "phát hiện",
            sees: "thấy đủ", blind: "Không thấy được", silent: "im lặng",
            cloned: { own, others in
                "Nghi ổ đĩa bị nhân bản: \(others) báo cáo bằng danh tính của \(own). Báo cáo từ đó bị từ chối cho đến "
                    + "khi máy ấy có machine-id riêng và được ghi danh riêng."
            }),
        message: MessageWords(
            notFound: "Không có trang này", notFoundLead: "Địa chỉ sai, hoặc thứ cần tìm đã được đổi tên hay xóa.",
            forbidden: "Không được phép", forbiddenLead: "Tài khoản này không có quyền xem hoặc làm việc đó.",
            failure: "Có lỗi ở máy chủ", failureLead: "Lỗi đã được ghi lại. Khi báo lỗi, hãy kèm mã yêu cầu dưới đây.",
            tooMany: "Quá nhiều yêu cầu", tooManyLead: "Hãy đợi một phút rồi thử lại.", request: "Mã yêu cầu",
            home: "Về trang tổng quan"),
        packages: PackagesWords(
            title: "Gói phần mềm", searchHint: "Tên, phiên bản, gói nguồn", none: "Chưa biết máy này đã cài gói nào.",
            noneMatch: "Không có gói nào khớp.", of: { "\($0) trong \($1)" }),
        audit: AuditWords(
            title: "Nhật ký thao tác", lead: "Ai đã làm gì trên hệ thống này.", none: "Chưa ai làm gì.",
            machine: "trên máy chủ này", newer: "Mới hơn", older: "Cũ hơn"),
        chart: ChartWords(
            table: "Số liệu", time: "Thời điểm", series: "Dãy số", least: "Nhỏ nhất", mean: "Trung bình",
            most: "Lớn nhất",
            last: "Mới nhất", noData: "Không có số liệu trong khoảng này.", band: "nhỏ nhất đến lớn nhất",
            memory: "bộ nhớ", swap: "vùng tráo đổi", minutes: { "\($0) phút" },
            summary: { "\($0), từ \($1) đến \($2)" }, latest: { "\($0) điểm mới nhất trong \($1)" }),
        column: ColumnWords(
            asset: "Tài sản", site: "Điểm cầu", state: "Trạng thái", reason: "Lý do", since: "Từ lúc", call: "Gọi cho",
            name: "Tên", kind: "Kiểu", target: "Đích", value: "Trị số", age: "Đo lúc", assetClass: "Loại",
            unit: "Đơn vị",
            address: "Địa chỉ", fact: "Thuộc tính", source: "Nguồn", firstSeen: "Thấy lần đầu",
            lastSeen: "Thấy lần cuối",
            when: "Lúc", what: "Cái gì", from: "Trước", to: "Sau", opened: "Mở lúc", resolved: "Xong lúc",
            acknowledged: "Người nhận", version: "Phiên bản", lag: "Độ trễ", spool: "Chờ gửi", dropped: "Đã bỏ",
            clock: "Lệch giờ", unseen: "Không thấy được", architecture: "Kiến trúc",
            sourcePackage: "Gói nguồn", who: "Người", action: "Thao tác", subject: "Đối tượng", code: "Mã tài sản",
            assets: "Tài sản", checks: "Phép kiểm tra", severity: "Mức độ"),
        language: .vietnamese,
        standing: { standing in
            switch standing {
            case .up: "Tốt"
            case .degraded: "Suy giảm"
            case .down: "Hỏng"
            case .unknown: "Không rõ"
            case .notConfigured: "Chưa cấu hình"
            case .outsideHours: "Ngoài giờ"
            }
        },
        counted: { thing, number in
            let count = NumberFormat(language: .vietnamese).integer(number)
            return switch thing {
            case .asset: "\(count) tài sản"
            case .site: "\(count) điểm cầu"
            case .unit: "\(count) đơn vị"
            case .check: "\(count) phép kiểm tra"
            case .agent: "\(count) tác tử"
            case .alert: "\(count) cảnh báo"
            case .change: "\(count) thay đổi"
            case .run: "\(count) lần đo"
            case .point: "\(count) điểm"
            case .package: "\(count) gói"
            case .finding: "\(count) phát hiện"
            }
        },
        duration: { span in spoken(span) },
        ago: { span in
            // Clocks differ a little: what is "from the future" by a breath is news, nothing more.
            span < .seconds(2) ? "vừa xong" : "\(spoken(span)) trước"
        },
        reason: vietnameseReason, step: vietnameseStep, blindSpot: vietnameseBlindSpot, assetClass: vietnameseClass,
        factGroup: vietnameseFactGroup, phrase: vietnamesePhrase, subject: vietnameseSubject, action: vietnameseAction,
        level: vietnameseLevel, field: vietnameseField, severity: vietnameseSeverity,
        finding: vietnameseFinding, evidence: vietnameseEvidence)

    private static func spoken(_ span: Duration) -> String {
        let (number, unit) = span.spoken
        return switch unit {
        case .seconds: "\(number) giây"
        case .minutes: "\(number) phút"
        case .hours: "\(number) giờ"
        case .days: "\(number) ngày"
        }
    }
}
