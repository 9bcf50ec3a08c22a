import Vocabulary

extension Words {
    static let vietnameseIncident = IncidentWords(
        title: "Sự cố", alsoAffected: "Cùng bị ảnh hưởng", unaffected: "Không bị ảnh hưởng",
        quiet: "Đang bảo trì hoặc ngoài giờ", explanations: "Nguyên nhân có thể, khả năng cao nhất trước",
        decisions: "Vì sao có tin, hoặc không có", noDecisions: "Chưa có quyết định nào.",
        messages: "Tin đã gửi", noMessages: "Chưa báo cho ai.", route: "Tuyến", kind: "Nội dung", sent: "Đã gửi",
        waits: "chờ đến",
        coincidence: "Chúng bắt đầu hỏng cùng lúc; chưa khai báo điều gì liên kết chúng.",
        problem: "sự cố", worse: "nặng hơn", reminder: "nhắc lại", recovery: "khôi phục",
        unseenAsset: "một tài sản ngoài phạm vi của bạn",
        still: { "Vẫn \($0.lowercased())" }, wasHeld: { "\($0) đã nhận đến \($1)" },
        isHeld: { name, until in "\(name) đã nhận xử lý" + (until.map { " đến \($0)" } ?? "") },
        andMore: { "và \($0) mục nữa" },
        site: { "Chúng bắt đầu hỏng cùng lúc tại một điểm: có thể do một nguyên nhân ở \($0)." },
        shared: { "Tất cả đều phụ thuộc \($0), thứ không ai hỏi hoặc không hỏi được: có thể là nguyên nhân." },
        beside: { "Chúng bắt đầu hỏng cùng lúc với sự cố \($0); không có liên kết khai báo nào giải thích." },
        overran: { name, worker in
            "Đợt bảo trì \(name) đã hết giờ mà thiết bị chưa lên lại. Còn đang làm thì hãy gia hạn"
                + (worker.isEmpty ? "." : ", hoặc hỏi \(worker).")
        },
        leftover: { "Vẫn hỏng sau khi sự cố \($0) đã hết." },
        evidence: { explains, of, failing, below in
            "giải thích \(explains) trên \(of) thứ đang hỏng; \(failing) trên \(below) thứ phụ thuộc nó đang hỏng"
        },
        importance: { importance in
            switch importance {
            case .core: "cốt lõi"
            case .normal: "bình thường"
            case .low: "thấp"
            }
        },
        verdict: { verdict in
            switch verdict {
            case .opened: "Hỏng hóc đã được xác nhận: mở một cảnh báo."
            case .maintenance: "Đang trong đợt bảo trì {name}[ đến {until}]: không báo cho ai."
            case .hours: "Đang ngoài giờ {name}[ đến {until}]: không báo cho ai."
            case .overran: "Đợt bảo trì {name} đã hết giờ mà chưa lên lại: một tin chung cho mọi thứ như vậy."
            case .causeQuiet:
                "Nó phụ thuộc {asset}, thứ đang bảo trì hoặc ngoài giờ ({name})[ đến {until}]: không báo cho ai."
            case .caused:
                "Nó phụ thuộc {asset}, thứ đang hỏng[ từ {since}]: thuộc sự cố đó, không có tin riêng.[ Quy tắc: bắt đầu sau nguyên nhân, hoặc sớm hơn không quá {lead}.]"
            case .unreachable:
                "Chính tài sản không liên lạc được[ từ {since}]: thuộc sự cố đó, không có tin riêng.[ Quy tắc: bắt đầu sau nguyên nhân, hoặc sớm hơn không quá {lead}.]"
            case .waits:
                "Sẽ báo nếu kéo dài đến {until}.[ Quy tắc: mức {importance}, sau {patience}.][ Quy tắc: mức {importance}, trong bản tin hằng ngày lúc {digest}.]"
            case .joinedBeside:
                "Bắt đầu cùng lúc với sự cố {incident}[, trong vòng {window}]: gộp {assets} tài sản vào một tin, chỉ là khả năng."
            case .joinedSite:
                "Bắt đầu cùng lúc với thứ khác tại {site}[, trong vòng {window}]: {assets} tài sản trong một tin, chỉ là khả năng."
            case .joinedShared:
                "Bắt đầu cùng lúc với những thứ khác phụ thuộc {asset}[, trong vòng {window}]: {assets} tài sản trong một tin, chỉ là khả năng."
            case .joinedCoincidence:
                "{assets} tài sản bắt đầu hỏng cùng lúc[, trong vòng {window}]: một tin, chỉ là khả năng."
            case .toldProblem: "Đã kéo dài: gửi tin sự cố đến mọi tuyến của mức {importance}."
            case .toldWorse: "Đã nặng hơn: gửi tin đến mọi tuyến của mức {importance}."
            case .toldReminder:
                "Vẫn còn hỏng, và thời gian của người nhận đã hết: gửi tin nhắc mức {importance} đến mọi tuyến đã nhận tin sự cố."
            case .acknowledged: "{by} nhận xử lý, không hẹn giờ: không giữ lại tin nào."
            case .acknowledgedUntil:
                "{by} nhận xử lý đến {until}: trước lúc đó nếu nặng hơn thì không báo; đến lúc đó nếu vẫn hỏng thì nhắc một lần."
            case .released: "{by} cho biết không còn ai nhận."
            case .worseHeld: "Đã nặng hơn; {by} nhận xử lý đến {until}, nên trước lúc đó không báo."
            case .lapsed: "Thời gian {by} nhận xử lý đã hết."
            case .handed:
                "{by} đã nhận từ khi còn là sự cố {incident}; nay nó lớn hơn điều họ biết lúc nhận: không giữ lại tin nào."
            case .alreadyTold: "Không còn gì giữ lại; sự cố của nó đã được báo trước đó: không gửi tin thứ hai."
            case .noRoute: "Không có tuyến nào cho mức {importance}: không báo cho ai."
            case .brief:
                "Hết sau {lasted}, trước khi phải báo cho ai: không gửi tin.[ Quy tắc: mức {importance}, sau {patience}.][ Quy tắc: mức {importance}, trong bản tin hằng ngày lúc {digest}.]"
            case .heldThroughout: "Trong suốt thời gian đó không báo riêng cho ai."
            case .flapping:
                "Đã đổi {changes} lần trong {within}: từ đây là một cảnh báo, cho đến khi ổn định.[ Quy tắc: {changes} lần trong {window}.]"
            case .settles: "Đã tốt trở lại; cảnh báo hết nếu giữ được đến {until}[, trong {calm}]."
            case .awaitsNews: "Thứ nó phụ thuộc đã trở lại từ {after}; câu trả lời mới hơn sẽ cho biết nó thế nào."
            case .stillFailing: "Câu trả lời mới hơn cho biết nó vẫn hỏng: nay là hỏng hóc riêng."
            case .noNews: "Quá thời hạn mà không có câu trả lời mới: không ai biết."
            case .unknown: "Không hỏi được ({reason}): không rõ, và không kết thúc điều gì."
            case .resolved: "Đã tốt trở lại: cảnh báo kết thúc."
            case .observed:
                "Quan sát: {state} từ {since}[: {code}][; mong đợi: {expected}][; nhận được: {got}]; xác nhận sau {runs} câu trả lời."
            case .unheard:
                "Không nghe gì từ tác tử kể từ {since}: mọi thứ nó hỏi là không rõ, không phải hỏng. Quy tắc: im lặng {window}."
            case .heardAgain: "Tác tử đã trở lại: điều nó nói lần cuối vẫn đúng, {state}[: {code}]."
            case .found: "Phát hiện từ {since}: {code}[; {got}]."
            case .delivered: "Đã gửi đến {route}: {kind}, lần thử {attempts}[, {how}]."
            case .notDelivered:
                "Không gửi được đến {route}: {kind}, thôi sau {attempts} lần thử[: {problem}]."
            case .deliveryHeld: "Giữ lại cho {route} đến {held}: {kind}."
            case .deliveredHeld:
                "Đã gửi đến {route} sau khi giữ lại đến {held}: {kind}, lần thử {attempts}[, {how}]."
            case .deliveryWaits:
                "Đang chờ {route}: {kind}, đã thử {attempts} lần[, lần tới lúc {next}][: {problem}]."
            case .over: "Sự cố đã hết; ai đã nhận tin sự cố sẽ nhận tin khôi phục."
            }
        })
    static let vietnameseNotes = IncidentNoteWords(
        title: "Ai nhận xử lý", nobody: "Chưa ai nhận.", note: "Ghi chú", until: "Đến lúc",
        untilHint:
            "Trước lúc đó, nếu nặng hơn thì không báo ai; đến lúc đó nếu vẫn hỏng thì gửi tin nhắc. Để trống thì không giữ lại tin nào.",
        acknowledge: "Tôi nhận", takeOver: "Tôi nhận thay", release: "Trả lại", comment: "Bình luận",
        send: "Thêm bình luận", acknowledged: "nhận xử lý", released: "trả lại", commented: "viết",
        problem: { problem in
            switch problem {
            case .noMoment(let text): "“\(text)” không phải thời điểm như 2026-11-28 22:00."
            case .inThePast: "Thời điểm đó đã qua."
            case .tooLong(let most): "Nội dung dài hơn \(most) ký tự."
            case .empty: "Chưa có nội dung."
            case .over: "Sự cố đã hết."
            case .nobodyHasIt: "Không còn ai nhận sự cố này."
            }
        })
}
