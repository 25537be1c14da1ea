using Microsoft.Win32.SafeHandles;
using Vpio.Abi;
using Vpio.Abi.Operations;
using Vpio.Abi.Processes;
using Vpio.Abi.Processes.Linux;
using Vpio.GuestDriver.Processes;
using Vpio.Hostile.Attacks;
using Vpio.Hostile.Attacks.Processes;
using Vpio.Hostile.Judging;

namespace Vpio.Hostile;

/// <summary>Is what runs in the process of a hostile guest: attaches as any guest does, and attacks.</summary>
internal static class AttackProgram
{
    private const int HypervisorGone = 3;

    /// <summary>Attacks.</summary>
    /// <param name="campaign">What it does.</param>
    /// <param name="seed">Where its chance begins.</param>
    /// <param name="calls">How many calls it makes.</param>
    /// <returns>The exit code.</returns>
    public static int Run(StrikeCampaign campaign, int seed, long calls)
    {
        SafeFileHandle?[] files = AskForFiles();
        ProcessPort port = ProcessPort.Open();
        port.HypervisorEnds.Register(() => Environment.Exit(HypervisorGone));
        HostileReport report = new(port.Application);
        CallBudget budget = new(calls);
        budget.MayEnd();
        Assault first = new(port, [], 0, seed, new CallBudget(DevicePage.SlotCount + 1), new Tally());
        DomainId id = Negotiate(first);
        DeviceIndex[] devices = [.. Enumerable.Range(0, DevicePage.SlotCount).Select(i => new DeviceIndex((uint)i)).Where(device => Has(first, device))];
        DeviceOpArgument[] arguments = new DeviceOpArgument[8];
        Thread[] threads = [.. Enumerable.Range(0, campaign.Threads).Select(thread => new Thread(() => Strike(campaign, thread)) { IsBackground = true })];
        foreach (Thread thread in threads)
            thread.Start();

        // Who spoils its own calls may wait for one for ever; its first thread makes none.
        foreach (Thread thread in campaign.Attack.NeedsProcess ? threads[..1] : threads)
            thread.Join();
        GC.KeepAlive(files);
        return 0;

        void Strike(StrikeCampaign campaign, int thread)
        {
            Tally tally = new();
            void Publish()
            {
                report.Write(thread, tally);
                if (thread == 0 && port.MemoryBytes().IndexOf(ForeignMark.Bytes) >= 0)
                    report.HasForeignFrame = true;
            }

            campaign.Attack.Strike(new Assault(port, devices, thread, unchecked((seed * 397) + thread), budget, tally) { Id = id, SharedArguments = arguments, Portion = Publish });
            Publish();
        }
    }

    /// <summary>Asks for all files before the driver does, which closes its own: there must be something to abuse.</summary>
    private static SafeFileHandle?[] AskForFiles()
    {
        ControlSocket socket = new(new SafeFileHandle(ControlMessage.Descriptor, ownsHandle: false));
        SafeFileHandle?[] files = new SafeFileHandle?[ControlSocket.MaxDescriptors + 1];
        foreach ((ControlKind kind, Range place) in new[] { (ControlKind.Attach, ..ControlSocket.MaxDescriptors), (ControlKind.Window, ControlSocket.MaxDescriptors..) })
        {
            ControlMessage request = new() { Kind = (uint)kind };
            socket.TrySend(in request, [], waits: true);
            socket.TryReceive(out _, files.AsSpan(place));
        }

        return files;
    }

    private static DomainId Negotiate(Assault assault)
    {
        NegotiateArgs args = new() { Major = VpioVersion.Major, Minor = VpioVersion.Minor };
        assault.Make(ref args);
        return new DomainId(args.DomainId);
    }

    private static bool Has(Assault assault, DeviceIndex device)
    {
        QueryArgs args = new() { Device = device.Value };
        return assault.Make(ref args) == DeviceStatus.Ok;
    }
}
