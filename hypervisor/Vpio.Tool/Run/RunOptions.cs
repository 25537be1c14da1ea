using Vpio.Hypervisor.Guests;
using Vpio.Hypervisor.Scheduling;

namespace Vpio.Tool.Run;

/// <summary>Holds what the command line of <c>vpio run</c> asks for. What it leaves open is null: the traffic decides.</summary>
internal sealed record RunOptions
{
    /// <summary>The most guests one hypervisor serves.</summary>
    internal const int MostGuests = 1024;

    /// <summary>Gets the number of guests, hogs included in a run of the sample.</summary>
    internal int? Guests { get; init; }

    /// <summary>Gets how long frames are sent; for a replay, the most that it may take.</summary>
    internal TimeSpan? Duration { get; init; }

    /// <summary>Gets how long a guest may hold the device while others wait.</summary>
    internal TimeSpan Slice { get; init; } = TimeSpan.FromMilliseconds(10);

    /// <summary>Gets how long a guest that was asked for the device may take to release it.</summary>
    internal TimeSpan Grace { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Gets the grace of a replay that names none: every frame is to be carried, however busy the machine is.</summary>
    internal static TimeSpan ReplayGrace => TimeSpan.FromSeconds(1);

    /// <summary>Gets what becomes of a guest that does not release within the grace.</summary>
    internal OverrunPolicy Policy { get; init; } = OverrunPolicy.Stop;

    /// <summary>Gets how long the guests' slices are, against each other.</summary>
    internal GuestWeights Weights { get; init; }

    /// <summary>Gets where the guests live.</summary>
    internal GuestKinds Kinds { get; init; }

    /// <summary>Gets the program that guests in processes of their own run; null for this tool.</summary>
    internal string? GuestProgram { get; init; }

    /// <summary>Gets the descriptor of KVM that this process inherited; null: it is opened by name.</summary>
    internal int? KvmDescriptor { get; init; }

    /// <summary>Gets what comes of a virtual machine's access to a device that it does not own.</summary>
    internal StrayAccess StrayAccess { get; init; }

    /// <summary>Gets whether a guest that was stopped by force, or whose process or machine ended, is replaced by a new one.</summary>
    internal bool Respawn { get; init; }

    /// <summary>Gets what the guests do.</summary>
    internal RunRole? Role { get; init; }

    /// <summary>Gets how many guests ignore that they are asked for the device.</summary>
    internal int Hogs { get; init; }

    /// <summary>Gets the number that decides which transmitter begins with which receiver.</summary>
    internal long Seed { get; init; } = 1;

    /// <summary>Gets whether the outcome is printed as one JSON object, and nothing else.</summary>
    internal bool Json { get; init; }

    /// <summary>Gets the frames a second of each transmitting guest.</summary>
    internal FrameRate? Rate { get; init; }

    /// <summary>Gets the path of the capture to replay; null for the sample.</summary>
    internal string? Capture { get; init; }

    /// <summary>Gets the path of the capture to write; null for none.</summary>
    internal string? CaptureOut { get; init; }
}
