// A texture that was drawn on nothing: its colours are multiplied with their density, which is taken back here.
#import bevy_ui::ui_vertex_output::UiVertexOutput

@group(1) @binding(0) var<uniform> window: vec4<f32>;
@group(1) @binding(1) var<uniform> seen: vec4<f32>;
@group(1) @binding(2) var texture: texture_2d<f32>;
@group(1) @binding(3) var texture_sampler: sampler;

@fragment
fn fragment(in: UiVertexOutput) -> @location(0) vec4<f32> {
    let colour = textureSample(texture, texture_sampler, window.xy + in.uv * window.zw);
    return vec4<f32>(colour.rgb / max(colour.a, 0.001), colour.a * seen.x);
}
