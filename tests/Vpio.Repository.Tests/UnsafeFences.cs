using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Vpio.Repository.Tests;

/// <summary>Keeps code that the compiler cannot check in the few files that need it, each with its argument.</summary>
/// <remarks>
/// That is: the keyword <c>unsafe</c>, <c>Unsafe</c>, <c>MemoryMarshal</c>, <c>Marshal</c>, and calls into native libraries.
/// It holds for what ships; a test may look at memory as it likes.
/// </remarks>
internal static class UnsafeFences
{
    private const string Argument = "// SAFETY:";

    private static readonly string[] Shipped = ["abi/", "hypervisor/", "guest-driver/", "analyzers/"];
    private static readonly string[] UncheckedTypes = ["Unsafe", "MemoryMarshal", "Marshal"];

    /// <summary>Gets the files that may, and why.</summary>
    public static IReadOnlyDictionary<string, string> Allowed { get; } = new Dictionary<string, string>
    {
        ["abi/Vpio.Abi/DevicePage.cs"] = "finds a slot by its index within the page, without copying the page",
        ["abi/Vpio.Abi/DeviceSlot.cs"] = "loads a word through a reference to read-only memory, which Volatile takes only as writable",
        ["abi/Vpio.Abi/GuestPage.cs"] = "finds an events word by its index within the page",
        ["abi/Vpio.Abi/Processes/CallArea.cs"] = "finds a call slot and a window's version by their index within the area",
        ["abi/Vpio.Abi/Processes/Linux/ControlSocket.cs"] = "sends and receives messages with descriptors, which no socket of the framework does",
        ["abi/Vpio.Abi/Processes/Linux/Futex.cs"] = "calls futex and futex_waitv",
        ["abi/Vpio.Abi/RegisterWindow.cs"] = "accesses registers at their exact width",
        ["guest-driver/Vpio.AssembledGuests/Job/Field.cs"] = "asks where a field of a structure is",
        ["guest-driver/Vpio.AssembledGuests/AgentLine.cs"] = "finds the words of an agent's mailbox in a guest's application memory",
        ["guest-driver/Vpio.AssembledGuests/MachineProgram.cs"] = "writes the header of an image as a value",
        ["guest-driver/Vpio.GuestDriver/DeviceCall.cs"] = "passes a typed argument as the 128 bytes of the hypercall",
        ["guest-driver/Vpio.GuestDriver/DmaMemory.cs"] = "shows guest memory as spans and descriptors",
        ["guest-driver/Vpio.GuestDriver/Processes/DevicePageEnd.cs"] = "puts one page in the place of another",
        ["guest-driver/Vpio.GuestDriver/Processes/ProcessPort.cs"] = "asks whether a reference is null",
        ["guest-driver/Vpio.GuestDriver/Processes/SharedMapping.cs"] = "maps memory of another process",
        ["hypervisor/Vpio.Conformance/Cases/ArgumentCases.cs"] = "shows the 128 bytes of the hypercall as words",
        ["hypervisor/Vpio.Conformance/Hand.cs"] = "passes a typed argument as the 128 bytes of the hypercall",
        ["hypervisor/Vpio.Hypervisor/Guests/Machines/CpuThread.cs"] = "interrupts a thread by a signal whose handler runs nothing",
        ["hypervisor/Vpio.Hypervisor/Guests/Machines/Kvm.cs"] = "opens /dev/kvm, and passes a structure of KVM",
        ["hypervisor/Vpio.Hypervisor/Guests/Machines/KvmCalls.cs"] = "makes the calls of KVM",
        ["hypervisor/Vpio.Hypervisor/Guests/Machines/MachineWindows.cs"] = "protects a window's memory",
        ["hypervisor/Vpio.Hypervisor/Guests/Machines/ProgramHeader.cs"] = "reads the header of a program as a value",
        ["hypervisor/Vpio.Hypervisor/Guests/Machines/VirtualCpu.cs"] = "maps the run structure of a processor",
        ["hypervisor/Vpio.Hypervisor/Guests/Machines/VirtualMachine.cs"] = "passes structures of KVM",
        ["hypervisor/Vpio.Hypervisor/Guests/Processes/ChildProcess.cs"] = "starts, watches and ends a child by a descriptor of it, which no class of the framework does",
        ["hypervisor/Vpio.Hypervisor/Guests/Processes/ChildSetup.cs"] = "calls posix_spawn",
        ["hypervisor/Vpio.Hypervisor/Hypercalls/HypercallDoor.cs"] = "takes the 128 bytes of the hypercall as a typed argument",
        ["hypervisor/Vpio.Hypervisor/Iommu/DmaPort.cs"] = "copies values of guest memory byte by byte",
        ["hypervisor/Vpio.Hypervisor/Memory/Mapping.cs"] = "maps memory",
        ["hypervisor/Vpio.Hypervisor/Memory/SealedFile.cs"] = "makes and seals files in memory",
        ["hypervisor/Vpio.Hypervisor/Ownership/WordPointer.cs"] = "points at a shared word",
        ["hypervisor/Vpio.Hypervisor/Scheduling/HardAffinity.cs"] = "calls sched_getaffinity and sched_setaffinity",
        ["hypervisor/Vpio.Hypervisor/Scheduling/PromptThread.cs"] = "calls prctl, sched_getattr and sched_setattr",
        ["hypervisor/Vpio.Hypervisor/SlotWord.cs"] = "points at the state word of a slot",
        ["hypervisor/Vpio.Tool/Check/GuestReach.cs"] = "loads and stores values in a guest's pages, as the suite tells it, faults included",
        ["hypervisor/Vpio.Tool/Check/ProcessAgent.cs"] = "copies the 128 bytes of the hypercall",
        ["hypervisor/Vpio.Tool/Jobs/JobMemory.cs"] = "finds words and bytes of a guest's application memory, each within its bounds",
    };

    /// <summary>Finds the files that may not and do, or do without an argument.</summary>
    public static IEnumerable<string> Breaches(SourceTree sources)
    {
        foreach ((string path, SyntaxNode root) in sources.Files)
        {
            if (!Array.Exists(Shipped, folder => path.StartsWith(folder, StringComparison.Ordinal)) || FirstUse(root) is not { } use)
                continue;
            int line = use.GetLocation().GetLineSpan().StartLinePosition.Line + 1;
            if (!Allowed.ContainsKey(path))
                yield return $"{path}({line}): {use} is not for this file; let one of the files that may do it, or argue for another in {nameof(UnsafeFences)}.";
            else if (!root.DescendantTrivia().Any(trivia => trivia.ToString().StartsWith(Argument, StringComparison.Ordinal)))
                yield return $"{path}({line}): {use} has no {Argument} that argues bound, alignment and lifetime.";
        }
    }

    private static SyntaxToken? FirstUse(SyntaxNode root)
    {
        foreach (SyntaxToken token in root.DescendantTokens())
        {
            if (token.IsKind(SyntaxKind.UnsafeKeyword) || IsUncheckedCall(token) || IsImport(token))
                return token;
        }

        return null;
    }

    private static bool IsUncheckedCall(SyntaxToken token) =>
        UncheckedTypes.Contains(token.Text) && token.Parent?.Parent is MemberAccessExpressionSyntax access && access.Name != token.Parent;

    private static bool IsImport(SyntaxToken token) =>
        token.Text is "DllImport" or "LibraryImport" && token.Parent?.Parent is AttributeSyntax;
}
