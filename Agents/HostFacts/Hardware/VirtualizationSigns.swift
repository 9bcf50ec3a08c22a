/// What tells a virtual machine or a container from a machine of metal.
package struct VirtualizationSigns: Hashable, Sendable {
    package var vendor: String
    package var product: String
    /// `/sys/hypervisor/type`, which Xen writes.
    package var hypervisorType: String
    /// Whether the processor says that it is not alone.
    package var hasHypervisorFlag: Bool
    package var container: String

    package init(vendor: String, product: String, hypervisorType: String, hasHypervisorFlag: Bool, container: String) {
        self.vendor = vendor
        self.product = product
        self.hypervisorType = hypervisorType
        self.hasHypervisorFlag = hasHypervisorFlag
        self.container = container
    }

    /// In the words of systemd-detect-virt; `none` on metal, nil where nothing tells.
    package var name: String? {
        if !container.isEmpty { return container }
        for (sign, name) in Self.vendors where vendor.contains(sign) || product.contains(sign) { return name }
        // Microsoft makes machines of metal, too.
        if vendor == "Microsoft Corporation", product == "Virtual Machine" { return "microsoft" }
        if !hypervisorType.isEmpty { return hypervisorType }
        if hasHypervisorFlag { return "vm-other" }
        return vendor.isEmpty ? nil : "none"
    }

    private static let vendors = [
        ("KVM", "kvm"), ("OpenStack", "kvm"), ("RHEV", "kvm"), ("oVirt", "kvm"), ("Amazon EC2", "amazon"),
        ("Google Compute Engine", "google"), ("QEMU", "qemu"), ("VMware", "vmware"), ("VMW", "vmware"),
        ("innotek GmbH", "oracle"), ("VirtualBox", "oracle"), ("Xen", "xen"), ("Bochs", "bochs"),
        ("Parallels", "parallels"), ("BHYVE", "bhyve"), ("Apple Virtualization", "apple"),
    ]
}
