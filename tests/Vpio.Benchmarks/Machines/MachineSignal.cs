namespace Vpio.Benchmarks.Machines;

/// <summary>Says by what a guest in a virtual machine learns of something.</summary>
internal enum MachineSignal
{
    /// <summary>It polls <c>upcall_pending</c>.</summary>
    Pending,

    /// <summary>An interrupt is injected.</summary>
    Interrupt,

    /// <summary>It polls a bare word of its memory.</summary>
    BareWord,
}
