using Vpio.AssembledGuests.Job;
using Vpio.Jobs;

namespace Vpio.AssembledGuests;

/// <summary>Is the program of a guest of <c>vpio run</c>, for a virtual machine, assembled here: where there is no compiler, it does the same as the program in C.</summary>
/// <remarks>Source: <c>docs/guest-programs.md</c>. How it is written is told in the project's README.md.</remarks>
public static class AssembledJobGuest
{
    /// <summary>How much of the guest's memory it uses for its rings and their buffers, bytes.</summary>
    public const int MemoryBytes = RingMemory.Bytes;

    private static readonly Lazy<byte[]> Assembled = new(Assemble);

    /// <summary>Gets the program.</summary>
    public static ReadOnlyMemory<byte> Image => Assembled.Value;

    private static byte[] Assemble()
    {
        MachineProgram program = new();
        foreach (Part part in Parts(program, new Variables()))
            part.Write();
        return program.ToImage();
    }

    // The one that the program is entered at comes first; the order of the others does not matter.
    private static Part[] Parts(MachineProgram program, Variables variables)
    {
        Clock clock = new(program, variables);
        Upcalls upcalls = new(program, variables);
        Hypercalls calls = new(program, variables);
        Turns turns = new(program, variables, upcalls, calls);
        Doorbell doorbell = new(program, variables);
        Digest digest = new(program, variables);
        ReportRing submitted = new(program, variables, JobLayout.SubmittedRing, JobLayout.SubmittedHead, JobLayout.SubmittedTail);
        ReportRing received = new(program, variables, JobLayout.ReceivedRing, JobLayout.ReceivedHead, JobLayout.ReceivedTail);
        Transmitter transmitter = new(program, variables, turns, doorbell);
        Receiver receiver = new(program, variables, doorbell, digest, received);
        Rest rest = new(program, variables, turns, transmitter, receiver, upcalls, calls);
        Traffic traffic = new(program, variables);
        Pace pace = new(program, variables, clock);
        Sender sender = new(program, variables, turns, traffic, pace, digest, submitted, transmitter);
        Duties duties = new(program, variables, turns, traffic, sender);
        Drain drain = new(program, variables, clock, turns, transmitter, rest);
        Pause pause = new(program, variables, turns, pace, sender, transmitter, rest, drain, duties);
        Ownership ownership = new(program, variables, clock, turns, calls, sender, transmitter, receiver, received, drain, pause, duties);
        Attachment attachment = new(program, variables, upcalls, calls, receiver);
        Main main = new(program, variables, clock, attachment, duties, ownership);
        return
        [
            main, attachment, duties, ownership, pause, drain, sender, pace, traffic, rest, receiver, transmitter, submitted, received, digest, doorbell, turns, calls, upcalls, clock,
        ];
    }
}
