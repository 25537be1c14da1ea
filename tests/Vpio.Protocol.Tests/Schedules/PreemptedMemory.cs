using Vpio.Hypervisor.Ownership;

namespace Vpio.Protocol.Tests.Schedules;

/// <summary>Is shared memory in which a test chooses the access before which another processor's whole operation happens.</summary>
internal readonly struct PreemptedMemory : IWordMemory
{
    [ThreadStatic]
    private static Preemption? _next;

    /// <summary>Runs an operation, with others put in before chosen accesses of it: the first into this one, the second into the first, and so on.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="preemptions">Where, and by what.</param>
    public static void Run(Action operation, Preemption? preemptions)
    {
        _next = preemptions;
        try
        {
            operation();
        }
        finally
        {
            _next = null;
        }
    }

    public static ulong Load(ref ulong word)
    {
        Step();
        return word;
    }

    public static void Store(ref ulong word, ulong value)
    {
        Step();
        word = value;
    }

    public static ulong Exchange(ref ulong word, ulong value)
    {
        Step();
        (ulong was, word) = (word, value);
        return was;
    }

    public static ulong CompareExchange(ref ulong word, ulong value, ulong expected)
    {
        Step();
        ulong was = word;
        if (was == expected)
            word = value;
        return was;
    }

    public static ulong Or(ref ulong word, ulong bits)
    {
        Step();
        (ulong was, word) = (word, word | bits);
        return was;
    }

    public static ulong And(ref ulong word, ulong bits)
    {
        Step();
        (ulong was, word) = (word, word & bits);
        return was;
    }

    public static ulong Add(ref ulong word, ulong value)
    {
        Step();
        word += value;
        return word;
    }

    // One thread plays all processors: what waits for the operation it preempted would wait for ever.
    public static void Pause(int turn) => throw new WaitsForThePreemptedException();

    private static void Step()
    {
        if (_next is not { } preemption || preemption.AccessesLeft-- > 0)
            return;

        _next = preemption.Inner;
        try
        {
            preemption.Happen();
        }
        finally
        {
            // What is left of the inner ones does not carry over into the operation that was preempted.
            _next = null;
        }
    }
}
