using System.Diagnostics;
using System.Runtime.CompilerServices;
using Vpio.Abi;
using Vpio.Abi.Operations;
using Vpio.Abi.Processes.Linux;
using Vpio.GuestDriver.Processes;

namespace Vpio.Benchmarks.Processes;

/// <summary>Is the guest's process of a benchmark: does the tasks that it finds on its desk.</summary>
internal sealed class GuestSide(ProcessPort port)
{
    /// <summary>The argument by which the program is started so.</summary>
    public const string Name = "guest-side";

    private readonly Desk _desk = new(port.Application);
    private readonly uint[] _never = GC.AllocateArray<uint>(1, pinned: true);

    public static int Run()
    {
        using ProcessPort port = ProcessPort.Open();
        new GuestSide(port).Work();
        return 0;
    }

    private void Work()
    {
        for (ulong last = 0; ;)
        {
            ulong task = Volatile.Read(ref _desk.Task);
            if (task >> 32 == last)
            {
                if (port.HypervisorEnds.IsCancellationRequested)
                    return;
                Thread.Sleep(1);
                continue;
            }

            last = task >> 32;
            if ((GuestTask)(uint)task == GuestTask.End)
                return;
            Do((GuestTask)(uint)task, Volatile.Read(ref _desk.Count));
            Volatile.Write(ref _desk.Done, last);
        }
    }

    private void Do(GuestTask task, ulong count)
    {
        long start = Stopwatch.GetTimestamp();
        if (task == GuestTask.Call)
        {
            for (ulong i = 0; i < count; i++)
                Call(new GetStateArgs());
            Volatile.Write(ref _desk.ElapsedNs, (ulong)(Stopwatch.GetTimestamp() - start));
            return;
        }

        for (ulong i = 1; i <= count; i++)
        {
            AwaitSignal(task);
            Volatile.Write(ref _desk.SeenAtNs, (ulong)Stopwatch.GetTimestamp());
            Volatile.Write(ref _desk.Seen, i);
        }

        Volatile.Write(ref _desk.Bare, 0);
    }

    private void AwaitSignal(GuestTask task)
    {
        if (task is GuestTask.PollWord or GuestTask.SleepWord)
        {
            uint seen = (uint)Volatile.Read(ref _desk.Seen);
            while (Volatile.Read(ref _desk.Bare) == seen)
            {
                if (task == GuestTask.SleepWord)
                    Futex.Wait(ref _desk.Bare, seen, ref _never[0], 0);
            }

            return;
        }

        if (task == GuestTask.SleepPending)
            Call(new WaitArgs { TimeoutNs = WaitArgs.Forever });
        while (Volatile.Read(ref port.GuestPage.UpcallPending) == 0)
        {
        }

        Interlocked.Exchange(ref port.GuestPage.UpcallPending, 0);
    }

    private void Call<TArgs>(TArgs args)
        where TArgs : unmanaged, IDeviceOpArgs
    {
        DeviceStatus status = (DeviceStatus)port.Call((uint)args.Operation, ref Unsafe.As<TArgs, DeviceOpArgument>(ref args));
        if (status != DeviceStatus.Ok)
            throw new InvalidOperationException($"{args.Operation} was answered by {status}.");
    }
}
