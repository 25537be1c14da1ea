using System.Diagnostics;
using Vpio.Abi;
using Vpio.Abi.Processes.Linux;
using Vpio.Benchmarks.Reporting;
using Vpio.Hypervisor;
using Vpio.Hypervisor.Guests;

namespace Vpio.Benchmarks.Processes;

/// <summary>Is a guest that is measured, as the hypervisor's side sees it: in a process of its own, or on a thread of this one.</summary>
internal sealed class GuestPeer : IDisposable
{
    // Long enough for the other side to be where it sleeps.
    private const int SleepMicroseconds = 300;

    private readonly ReferenceHypervisor _hypervisor = new(new HypervisorOptions { ApplicationBytes = Desk.Bytes });
    private readonly SharedDevice _device;
    private readonly Guest _guest;
    private readonly Desk _desk;
    private readonly Stream? _eventfd;
    private readonly Thread? _thread;
    private ulong _tasks;

    private GuestPeer(Sides sides, Func<ReferenceHypervisor, Guest> add)
    {
        _device = _hypervisor.AddDevice(new BareDevice());
        _guest = add(_hypervisor);
        _hypervisor.Assign(_guest, _device);
        _desk = new Desk(_guest.Application);
        if (_guest.Process is { } process)
        {
            process.Start();
            sides.PutThere(process.Id);
            return;
        }

        (_eventfd, _) = Eventfd.Make();
        GuestSide side = new(_guest.Port, _desk, _eventfd, CancellationToken.None);
        _thread = new Thread(Work) { IsBackground = true };
        _thread.Start();

        void Work()
        {
            sides.KeepThere();
            side.Work();
        }
    }

    /// <summary>Starts one in a process of its own.</summary>
    /// <param name="sides">Where it runs.</param>
    public static GuestPeer InItsOwnProcess(Sides sides) =>
        new(sides, hypervisor => hypervisor.AddGuest(new GuestCommand("dotnet", [typeof(GuestPeer).Assembly.Location, GuestSide.Name])));

    /// <summary>Starts one on a thread of this process.</summary>
    /// <param name="sides">Where it runs.</param>
    public static GuestPeer InThisProcess(Sides sides) => new(sides, hypervisor => hypervisor.AddGuest());

    /// <summary>Has hypercalls made.</summary>
    /// <returns>How long each took, there and back, nanoseconds.</returns>
    public double MeasureCalls(int count)
    {
        AwaitEnd(Begin(GuestTask.Call, count));
        return (double)Volatile.Read(ref _desk.ElapsedNs) / count;
    }

    /// <summary>Has bare turns made, and answers them here.</summary>
    /// <returns>How long each took, there and back, nanoseconds.</returns>
    public double MeasureTurns(int count)
    {
        uint asked = _desk.Asking.Value;
        ulong number = Begin(GuestTask.Ask, count);
        for (int i = 0; i < count; i++)
        {
            asked = _desk.Asking.Await(asked);
            _desk.Answering.Signal();
        }

        AwaitEnd(number);
        return (double)Volatile.Read(ref _desk.ElapsedNs) / count;
    }

    /// <summary>Raises upcalls, or gives the bare signal, one by one.</summary>
    /// <returns>How late they were seen, median, nanoseconds.</returns>
    public double MeasureUpcalls(GuestTask task, int count)
    {
        double[] late = new double[count];
        ulong number = Begin(task, count);
        bool sleeps = task is GuestTask.SleepPending or GuestTask.SleepWord or GuestTask.SleepEventfd;
        for (int i = 0; i < count; i++)
        {
            ShortRest.Take(sleeps ? SleepMicroseconds : 3);
            long sentAtNs = Stopwatch.GetTimestamp();
            Signal(task);
            while (Volatile.Read(ref _desk.Seen) != (ulong)i + 1)
                Thread.SpinWait(1);
            late[i] = (long)Volatile.Read(ref _desk.SeenAtNs) - sentAtNs;
        }

        AwaitEnd(number);
        return new Spread(late).Median;
    }

    public void Dispose()
    {
        Begin(GuestTask.End, 0);
        _guest.Process?.Ended.Wait();
        _thread?.Join();
        _eventfd?.Dispose();
        _hypervisor.Dispose();
    }

    private void Signal(GuestTask task)
    {
        switch (task)
        {
            case GuestTask.PollPending or GuestTask.SleepPending:
                _guest.Upcalls.Raise(_device.Index, DeviceEvents.RxPending);
                break;
            case GuestTask.SleepEventfd:
                _eventfd!.Write(BitConverter.GetBytes(1UL));
                break;
            default:
                Interlocked.Increment(ref _desk.Bare);
                if (task == GuestTask.SleepWord)
                    Futex.WakeAll(ref _desk.Bare);
                break;
        }
    }

    private ulong Begin(GuestTask task, int count)
    {
        Volatile.Write(ref _desk.Count, (ulong)count);
        Volatile.Write(ref _desk.Seen, 0);
        Volatile.Write(ref _desk.Task, (++_tasks << 32) | (uint)task);
        return _tasks;
    }

    private void AwaitEnd(ulong number)
    {
        while (Volatile.Read(ref _desk.Done) != number)
        {
            if (_guest.Process?.Exit is { } exit)
                throw new InvalidOperationException($"The guest's process ended by {exit}.");
            Thread.Sleep(1);
        }
    }
}
