namespace Vpio.Hypervisor.Guests.Machines;

/// <summary>Counts the exits of one machine. Threads: the processor's counts, any reads.</summary>
internal sealed class ExitCounts
{
    private long _calls;
    private long _kicks;
    private long _sleeps;
    private long _registerAccesses;
    private long _strayAccesses;
    private long _interruptions;
    private long _faults;
    private long _interrupts;

    /// <summary>Gets the counts so far.</summary>
    public MachineStatistics Read() => new(
        Volatile.Read(ref _calls),
        Volatile.Read(ref _kicks),
        Volatile.Read(ref _sleeps),
        Volatile.Read(ref _registerAccesses),
        Volatile.Read(ref _strayAccesses),
        Volatile.Read(ref _interruptions),
        Volatile.Read(ref _faults),
        Volatile.Read(ref _interrupts));

    public void Call() => Count(ref _calls);

    public void Kick() => Count(ref _kicks);

    public void Sleep() => Count(ref _sleeps);

    public void RegisterAccess() => Count(ref _registerAccesses);

    public void StrayAccess() => Count(ref _strayAccesses);

    public void Interruption() => Count(ref _interruptions);

    public void Fault() => Count(ref _faults);

    public void Interrupt() => Count(ref _interrupts);

    private static void Count(ref long count) => Volatile.Write(ref count, count + 1);
}
