// Types that claim to be of a part: one in each that knows what it must not, and one in some that does not.
// The rules find the former by name, when they are asked about this assembly.
namespace Vpio.Abi.Layout
{
    internal sealed class Astray(DeviceState state)
    {
        public DeviceState State { get; } = state;
    }
}

namespace Vpio.Abi.Ownership
{
    internal sealed class Astray(Operations.GrabArgs args)
    {
        public Operations.GrabArgs Args { get; } = args;
    }
}

namespace Vpio.Abi
{
    internal sealed class Astray
    {
        public static ulong Touch(Network.MacAddress address) => address.Value;
    }
}

namespace Vpio.Abi.Operations
{
    internal sealed class Astray
    {
        public static void Touch(GuestDriver.Grant grant) => _ = grant;
    }
}

namespace Vpio.Abi.Network
{
    internal sealed class Astray : List<Operations.MapArgs>;
}

namespace Vpio.Abi.Processes
{
    internal sealed class Astray(Network.MacAddress address)
    {
        public Network.MacAddress Address { get; } = address;
    }
}

namespace Vpio.Abi.Processes.Linux
{
    internal sealed class Astray(Operations.WaitArgs args)
    {
        public Operations.WaitArgs Args { get; } = args;
    }
}

namespace Vpio.Abi.Machines
{
    internal sealed class Astray(Operations.WaitArgs args)
    {
        public Operations.WaitArgs Args { get; } = args;
    }
}

namespace Vpio.GuestDriver.Processes
{
    internal sealed class Astray
    {
        public static void Touch() => _ = new Hypervisor.HypervisorOptions();
    }
}

namespace Vpio.GuestDriver
{
    internal sealed class Astray
    {
        public static void Touch() => _ = new Hypervisor.HypervisorOptions();
    }

    internal sealed class OnItsWay(Abi.IHypercallPort port)
    {
        public Abi.IHypercallPort Port { get; } = port;
    }
}

namespace Vpio.Hypervisor.Guests.Processes
{
    internal sealed class Astray
    {
        public static void Touch(Devices.Network.NicOptions options) => _ = options;
    }
}

namespace Vpio.Hypervisor.Guests.Machines
{
    internal sealed class Astray
    {
        public static void Touch(Devices.Network.NicOptions options) => _ = options;
    }
}

namespace Vpio.Hypervisor.Memory
{
    internal sealed class Astray(Abi.Iova iova)
    {
        public Abi.Iova Iova { get; } = iova;
    }
}

namespace Vpio.Hypervisor.Captures
{
    internal sealed class Astray(Devices.Network.Nic nic)
    {
        public Devices.Network.Nic Nic { get; } = nic;
    }
}

namespace Vpio.Hypervisor.Ownership
{
    internal sealed class Astray
    {
        public static void Touch(SharedDevice device) => device.Policy = Scheduling.OverrunPolicy.Stop;
    }

    internal sealed class Timed(TimeProvider time)
    {
        public long Now() => time.GetTimestamp();
    }

    internal sealed class OnItsWay(Abi.StateWord word)
    {
        public Abi.StateWord Word { get; } = word;
    }
}

namespace Vpio.Hypervisor.Scheduling
{
    internal sealed class Astray
    {
        public static bool Touch(Devices.IDevice device) => device is Devices.Network.Nic;
    }
}

namespace Vpio.Hypervisor.Tracing
{
    internal sealed class Astray(Guests.Guest guest)
    {
        public Guests.Guest Guest { get; } = guest;
    }
}

namespace Vpio.Hypervisor.Upcalls
{
    internal sealed class Astray(Func<Abi.Network.MacAddress> address)
    {
        public Func<Abi.Network.MacAddress> Address { get; } = address;
    }
}

namespace Vpio.Hypervisor.Iommu
{
    internal sealed class Astray
    {
        public static Type Touch() => typeof(Devices.Network.Nic);
    }
}

namespace Vpio.Hypervisor.Devices
{
    internal sealed class Astray(Guests.GuestState state)
    {
        public Guests.GuestState State { get; } = state;
    }
}

namespace Vpio.Hypervisor.Devices.Network
{
    internal sealed class Astray(Guests.GuestState state)
    {
        public Guests.GuestState State { get; } = state;
    }
}

namespace Vpio.Hypervisor.Guests
{
    internal sealed class Astray : List<Devices.Network.NicDrops>;
}

namespace Vpio.Hypervisor.Hypercalls
{
    internal sealed class Astray
    {
        public static object Touch() => new Abi.Network.NicDescriptor();
    }
}

namespace Vpio.Hypervisor
{
    internal sealed class Astray(GuestDriver.GuestDomain domain)
    {
        public GuestDriver.GuestDomain Domain { get; } = domain;
    }
}

namespace Vpio.Analyzers.Flow
{
    internal sealed class Astray(Abi.Ownership.Outcome outcome)
    {
        public Abi.Ownership.Outcome Outcome { get; } = outcome;
    }
}

namespace Vpio.Analyzers.CodeFixes
{
    internal sealed class Astray : Abi.Ownership.IPlanted;
}

namespace Vpio.Abi.Ownership
{
    internal interface IPlanted;
}
