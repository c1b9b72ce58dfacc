import { AmbientLight, Box3, BufferAttribute, BufferGeometry, Color, DirectionalLight, DoubleSide, Matrix4, Mesh as Body, MeshStandardMaterial, PerspectiveCamera, Raycaster, Scene, Vector2, Vector3, WebGLRenderer } from 'three'
import { OrbitControls } from 'three/addons/controls/OrbitControls.js'
import type { Model } from './model'

const PLAIN = new Color('#9fb0b5')
const CHOSEN = new Color('#f08c2e')

/** A model to look at: turned, moved and scaled by mouse, touch and keys; drawn only when something has changed. */
export class Stage {
  private readonly renderer: WebGLRenderer
  private readonly scene = new Scene()
  private readonly camera = new PerspectiveCamera(40, 1, 0.01, 1000)
  private readonly controls: OrbitControls
  private readonly bodies: Body<BufferGeometry, MeshStandardMaterial>[]
  private readonly box = new Box3()
  private readonly watch: ResizeObserver
  private frame = 0

  constructor(private readonly canvas: HTMLCanvasElement, model: Model) {
    this.renderer = new WebGLRenderer({ canvas, antialias: true, alpha: true })
    this.renderer.setPixelRatio(Math.min(devicePixelRatio, 2))
    this.bodies = model.meshes.map(({ positions, normals, indices, colour, matrix }) => {
      const shape = new BufferGeometry()
      shape.setAttribute('position', new BufferAttribute(positions, 3))
      if (normals) shape.setAttribute('normal', new BufferAttribute(normals, 3))
      shape.setIndex(new BufferAttribute(indices, 1))
      if (!normals) shape.computeVertexNormals()
      if (matrix) shape.applyMatrix4(new Matrix4().fromArray(matrix))
      const own = colour ? new Color(colour[0], colour[1], colour[2]) : PLAIN
      const opacity = colour?.[3] ?? 1
      const body = new Body(shape, new MeshStandardMaterial({ color: own, metalness: 0.1, roughness: 0.65, side: DoubleSide, transparent: opacity < 1, opacity }))
      body.userData.own = own
      this.scene.add(body)
      this.box.expandByObject(body)
      return body
    })
    this.scene.add(new AmbientLight('#ffffff', 1.1))
    for (const [x, y, z, strength] of [[1, 2, 3, 1.9], [-3, -1, -2, 0.8]] as const) {
      const light = new DirectionalLight('#ffffff', strength)
      light.position.set(x, y, z)
      this.scene.add(light)
    }
    // In drawings and in CAD, up is Z; web-ifc turns buildings so that it is Y.
    if (!model.meshes.some(m => m.matrix)) this.camera.up.set(0, 0, 1)
    this.controls = new OrbitControls(this.camera, canvas)
    this.controls.addEventListener('change', this.draw)
    this.watch = new ResizeObserver(() => this.resize())
    this.watch.observe(canvas.parentElement!)
    this.resize()
    this.fit()
  }

  /** All of it in sight, seen from a corner. */
  fit() {
    const size = this.box.getSize(new Vector3()).length() || 1
    const middle = this.box.getCenter(new Vector3())
    const away = this.camera.up.z ? new Vector3(1, -1.3, 0.9) : new Vector3(1, 0.9, 1.3)
    this.camera.position.copy(middle).addScaledVector(away.normalize(), size * 1.6)
    this.camera.near = size / 500
    this.camera.far = size * 50
    this.camera.updateProjectionMatrix()
    this.controls.target.copy(middle)
    this.controls.update()
    this.draw()
  }

  /** Turned by so many degrees, around the upright and over the top. */
  turn(around: number, over: number) {
    const from = this.camera.position.clone().sub(this.controls.target)
    from.applyAxisAngle(this.camera.up, (around * Math.PI) / 180)
    from.applyAxisAngle(new Vector3().crossVectors(this.camera.up, from).normalize(), (over * Math.PI) / 180)
    this.camera.position.copy(this.controls.target).add(from)
    this.controls.update()
    this.draw()
  }

  scale(by: number) {
    this.camera.position.sub(this.controls.target).multiplyScalar(by).add(this.controls.target)
    this.controls.update()
    this.draw()
  }

  /** The body at a place of the page, the one in front. */
  bodyAt(x: number, y: number): number | null {
    const { left, top, width, height } = this.canvas.getBoundingClientRect()
    const ray = new Raycaster()
    ray.setFromCamera(new Vector2(((x - left) / width) * 2 - 1, 1 - ((y - top) / height) * 2), this.camera)
    const hit = ray.intersectObjects(this.bodies, false)[0]
    return hit ? this.bodies.indexOf(hit.object as Body<BufferGeometry, MeshStandardMaterial>) : null
  }

  highlight(meshes: readonly number[]) {
    this.bodies.forEach((body, n) => body.material.color.copy(meshes.includes(n) ? CHOSEN : (body.userData.own as Color)))
    this.canvas.dataset.lit = String(meshes.length)
    this.draw()
  }

  close() {
    cancelAnimationFrame(this.frame)
    this.watch.disconnect()
    this.controls.dispose()
    for (const body of this.bodies) {
      body.geometry.dispose()
      body.material.dispose()
    }
    this.renderer.dispose()
  }

  private readonly draw = () => {
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0
      this.renderer.render(this.scene, this.camera)
      this.canvas.dataset.drawn = String(this.renderer.info.render.triangles)
    })
  }

  private resize() {
    const { clientWidth, clientHeight } = this.canvas.parentElement!
    this.renderer.setSize(clientWidth, clientHeight, false)
    this.camera.aspect = clientWidth / Math.max(1, clientHeight)
    this.camera.updateProjectionMatrix()
    this.draw()
  }
}
