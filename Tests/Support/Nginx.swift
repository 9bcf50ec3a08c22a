import Foundation

/// A real nginx on loopback with the test's own configuration, ended when nobody holds it any more.
package final class Nginx: Sendable {
    package let folder: TemporaryFolder
    package let port: UInt16
    private let child: Child

    /// Starts nginx with one `server` block around `body`; `listen` follows the port in its directive, e.g. `ssl`.
    ///
    /// Files that the configuration names relatively lie in `folder`.
    package init(in folder: TemporaryFolder, listen: String = "", _ body: String) throws {
        self.folder = folder
        var failure = ""
        // The port is free when asked for; another test may take it before nginx does.
        for _ in 0..<5 {
            let port = try Loopback.freePort()
            let log = folder.path("nginx-\(port).log")
            let conf = try folder.write(
                Self.configuration(folder: folder.root.path, listen: "127.0.0.1:\(port) \(listen)", body: body),
                to: "nginx-\(port).conf")
            let child = try Child(
                try Command.path(of: "nginx"), ["-e", log, "-p", folder.root.path + "/", "-c", conf])
            if child.wait(until: { Loopback.answers(port: port) }) {
                self.port = port
                self.child = child
                return
            }
            failure = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
        }
        throw Command.Failure(description: "nginx did not start: \(failure)")
    }

    private static func configuration(folder: String, listen: String, body: String) -> String {
        """
        daemon off;
        master_process off;
        pid \(folder)/nginx.pid;
        events { worker_connections 1024; }
        http {
            access_log off;
            client_body_temp_path \(folder)/tmp-body;
            proxy_temp_path \(folder)/tmp-proxy;
            fastcgi_temp_path \(folder)/tmp-fastcgi;
            uwsgi_temp_path \(folder)/tmp-uwsgi;
            scgi_temp_path \(folder)/tmp-scgi;
            server {
                listen \(listen);
                root \(folder);
                \(body)
            }
        }
        """
    }
}
