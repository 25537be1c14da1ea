namespace Vpio.Benchmarks.Processes;

/// <summary>Builds the guest that is killed: in C, for it is up in a millisecond.</summary>
internal static class VictimProgram
{
    public static string Build() =>
        CompiledProgram.Build("victim", ["-std=c99"], ["guest-driver/c/vpio_guest.c", "guest-driver/c/vpio_process_port.c", "tests/Vpio.Benchmarks/Processes/victim.c"]);
}
