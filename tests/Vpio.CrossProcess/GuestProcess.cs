using System.Runtime.CompilerServices;
using Vpio.Abi;
using Vpio.Abi.Operations;
using Vpio.GuestDriver;
using Vpio.GuestDriver.Processes;

namespace Vpio.CrossProcess;

/// <summary>Is what a guest in a process of its own does, each with the real driver over mapped pages.</summary>
internal sealed class GuestProcess(ProcessPort port, long count)
{
    private static readonly DeviceIndex First = new(0);

    private readonly Notebook _notebook = new(port.Application);

    private StateWord Word => DeviceSlot.ReadState(in DevicePage.Slot(in port.DevicePage, First));

    /// <summary>Grabs, looks and releases, and watches the word all the while from a second thread.</summary>
    public int TakeTurns()
    {
        WordWatch watch = new();
        string? broken = null;
        bool over = false;
        Thread watcher = new(() =>
        {
            while (broken is null && !Volatile.Read(ref over))
                broken = watch.Judge(Word);
        });
        watcher.Start();
        GuestDomain domain = GuestDomain.Attach(port);
        GuestDevice device = domain.GetDevice(First);
        ulong last = 0;
        for (long turn = 1; turn <= count && broken is null; turn++)
        {
            using DeviceLease lease = device.Grab();
            ulong generation = lease.Generation.Value;
            if (generation <= last || !Word.IsHeldBy(domain.Id, lease.Generation))
                broken = $"granted generation {generation} after {last}, and the word is {Word}";
            last = generation;
            Volatile.Write(ref _notebook.Progress, (ulong)turn);
        }

        Volatile.Write(ref over, true);
        watcher.Join();
        return End(broken);
    }

    /// <summary>Answers each upcall by the next number: one that is lost leaves the hypervisor's process without an answer.</summary>
    public int Echo()
    {
        GuestDevice device = GuestDomain.Attach(port).GetDevice(First);
        for (long i = 1; i <= count; i++)
        {
            device.WaitForFramesPending(Timeout.InfiniteTimeSpan);
            Volatile.Write(ref _notebook.Progress, (ulong)i);
        }

        return ExitCodes.Sound;
    }

    /// <summary>Grabs, says so, and never gives back.</summary>
    public int Hold()
    {
        using DeviceLease lease = GuestDomain.Attach(port).GetDevice(First).Grab();
        Volatile.Write(ref _notebook.Progress, lease.Generation.Value);
        Thread.Sleep(Timeout.Infinite);
        return ExitCodes.Sound;
    }

    /// <summary>Watches the word until it has moved on often enough.</summary>
    public int Watch()
    {
        WordWatch watch = new();
        string? broken = null;
        Volatile.Write(ref _notebook.Progress, 1);
        while (broken is null && Word.Generation.Value < (ulong)count)
            broken = watch.Judge(Word);
        return End(broken);
    }

    /// <summary>Writes to the device page, which must end this process.</summary>
    public int Scribble()
    {
        Volatile.Write(ref Unsafe.AsRef(in DevicePage.Slot(in port.DevicePage, First)).State, 0);
        return ExitCodes.Sound;
    }

    /// <summary>Holds the device, and must find out by its lease, its next grab and its sleep that the hypervisor is gone.</summary>
    public int Outlive()
    {
        GuestDomain domain = GuestDomain.Attach(port);
        GuestDevice device = domain.GetDevice(First);
        using DeviceLease lease = device.Grab();
        Volatile.Write(ref _notebook.Progress, 1);
        port.HypervisorEnds.WaitHandle.WaitOne();
        string verdict = lease.IsHeld ? "the lease outlived the hypervisor" : WhatOutlived(domain, device);

        // Nobody is there any more to read the notebook.
        Console.WriteLine(verdict);
        return ExitCodes.Sound;
    }

    private string WhatOutlived(GuestDomain domain, GuestDevice device)
    {
        if (!domain.IsStale)
            return "the epoch outlived the hypervisor";
        WaitArgs wait = new() { TimeoutNs = WaitArgs.Forever };
        if ((DeviceStatus)port.Call((uint)DeviceOp.Wait, ref Unsafe.As<WaitArgs, DeviceOpArgument>(ref wait)) != DeviceStatus.Denied)
            return "a sleep outlived the hypervisor";
        try
        {
            using DeviceLease another = device.Grab();
            return "a grab outlived the hypervisor";
        }
        catch (HypervisorRestartedException end)
        {
            return end.Message;
        }
    }

    private int End(string? broken)
    {
        if (broken is null)
            return ExitCodes.Sound;
        _notebook.Said = broken;
        return ExitCodes.PromiseBroken;
    }
}
