using System.Diagnostics;
using System.Runtime.CompilerServices;
using Vpio.Abi;
using Vpio.Abi.Operations;
using Vpio.Abi.Processes.Linux;
using Vpio.GuestDriver.Processes;

namespace Vpio.Benchmarks.Processes;

/// <summary>Is the guest's side of a benchmark: does the tasks that it finds on its desk.</summary>
/// <param name="port">The guest's way to the hypervisor.</param>
/// <param name="desk">Its desk.</param>
/// <param name="eventfd">The event descriptor of <see cref="GuestTask.SleepEventfd"/>.</param>
/// <param name="ends">Ends it.</param>
internal sealed class GuestSide(IHypercallPort port, Desk desk, Stream? eventfd, CancellationToken ends)
{
    /// <summary>The argument by which the program is started so.</summary>
    public const string Name = "guest-side";

    private readonly uint[] _never = GC.AllocateArray<uint>(1, pinned: true);
    private readonly byte[] _counter = new byte[sizeof(ulong)];

    /// <summary>Is the process of such a guest.</summary>
    public static int Run()
    {
        using ProcessPort port = ProcessPort.Open();
        new GuestSide(port, new Desk(port.Application), eventfd: null, port.HypervisorEnds).Work();
        return 0;
    }

    /// <summary>Works until told to end.</summary>
    public void Work()
    {
        for (ulong last = 0; ;)
        {
            ulong task = Volatile.Read(ref desk.Task);
            if (task >> 32 == last)
            {
                if (ends.IsCancellationRequested)
                    return;
                Thread.Sleep(1);
                continue;
            }

            last = task >> 32;
            if ((GuestTask)(uint)task == GuestTask.End)
                return;
            Do((GuestTask)(uint)task, Volatile.Read(ref desk.Count));
            Volatile.Write(ref desk.Done, last);
        }
    }

    private void Do(GuestTask task, ulong count)
    {
        switch (task)
        {
            case GuestTask.Call:
                Time(count, () => Call(new GetStateArgs()));
                break;
            case GuestTask.Ask:
                Time(count, Ask);
                break;
            default:
                Listen(task, count);
                break;
        }
    }

    private void Time(ulong count, Action one)
    {
        long start = Stopwatch.GetTimestamp();
        for (ulong i = 0; i < count; i++)
            one();
        Volatile.Write(ref desk.ElapsedNs, (ulong)(Stopwatch.GetTimestamp() - start));
    }

    // Answers are counted as questions are, so what was answered is what was asked.
    private void Ask()
    {
        BareTurn asking = desk.Asking;
        uint answered = asking.Value;
        asking.Signal();
        desk.Answering.Await(answered);
    }

    private void Listen(GuestTask task, ulong count)
    {
        for (ulong i = 1; i <= count; i++)
        {
            AwaitSignal(task);
            Volatile.Write(ref desk.SeenAtNs, (ulong)Stopwatch.GetTimestamp());
            Volatile.Write(ref desk.Seen, i);
        }

        Volatile.Write(ref desk.Bare, 0);
    }

    private void AwaitSignal(GuestTask task)
    {
        switch (task)
        {
            case GuestTask.PollWord or GuestTask.SleepWord:
                AwaitWord(sleeps: task == GuestTask.SleepWord);
                break;
            case GuestTask.SleepEventfd:
                eventfd!.ReadExactly(_counter);
                break;
            default:
                AwaitPending(sleeps: task == GuestTask.SleepPending);
                break;
        }
    }

    private void AwaitWord(bool sleeps)
    {
        uint seen = (uint)Volatile.Read(ref desk.Seen);
        while (Volatile.Read(ref desk.Bare) == seen)
        {
            if (sleeps)
                Futex.Wait(ref desk.Bare, seen, ref _never[0], 0);
        }
    }

    private void AwaitPending(bool sleeps)
    {
        if (sleeps)
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
