namespace Vpio.Tool.Run;

/// <summary>Names where a guest of a run lives.</summary>
internal enum GuestKind
{
    /// <summary>In a thread of this process.</summary>
    InProcess,

    /// <summary>In a process of its own, which runs this tool or the program that the command line names.</summary>
    Process,

    /// <summary>In a process of its own, which runs the guest's program in C.</summary>
    C,

    /// <summary>In a virtual machine, which runs the guest's program in C where there is a compiler, and else the assembled one.</summary>
    Kvm,

    /// <summary>In a virtual machine, which runs the guest's program that is assembled here.</summary>
    KvmAsm,
}
